import { SubmitButton } from '#components/ui/button'
import { Disclosure } from '#components/ui/disclosure'
import { LinkButton } from '#components/ui/link-button'
import { SelectField } from '#components/ui/select-field'
import { TextField } from '#components/ui/text-field'
import { AUDIT_AREAS, type AuditQuery, KNOWN_ACTIONS } from '#lib/audit/contract'
import { isFiltered } from '#lib/audit/rules'
import { translator } from '#lib/i18n/translate'
import { actionWords } from './audit-words'

/** Areas, and the actions in each; what an address names and the list lacks stands in front. */
function actionChoices(locale: string, chosen: string) {
  const t = translator(locale, 'audit')
  const listed = [...KNOWN_ACTIONS, ...AUDIT_AREAS.map((area) => `${area}.`)] as const
  const extra =
    chosen === '' || listed.some((one) => one === chosen) ? [] : [{ value: chosen, label: chosen }]
  return {
    options: [
      { value: '', label: t('anyAction') },
      ...extra,
      ...AUDIT_AREAS.map((area) => ({ value: `${area}.`, label: t(`areas.${area}`) })),
    ],
    groups: AUDIT_AREAS.map((area) => ({
      label: t(`areas.${area}`),
      options: KNOWN_ACTIONS.filter((action) => action.startsWith(`${area}.`)).map((action) => ({
        value: action,
        label: actionWords(locale, action),
      })),
    })),
  }
}

/** What of the log is shown: a plain GET form, so that every selection has an address. */
export function AuditFilters({ locale, query }: { locale: string; query: AuditQuery }) {
  const t = translator(locale, 'audit')
  const filtered = isFiltered(query)
  return (
    <Disclosure open={filtered} summary={<span className="font-medium">{t('find')}</span>}>
      <search aria-label={t('find')} data-chrome>
        <form
          action="/admin/audit"
          method="get"
          className="grid gap-4 pt-2 pb-4 sm:grid-cols-2 lg:grid-cols-3"
        >
          <TextField
            name="person"
            label={t('person')}
            optional=""
            type="search"
            defaultValue={query.person}
            maxLength={100}
            autoComplete="off"
          />
          <SelectField
            name="action"
            label={t('action')}
            optional=""
            defaultValue={query.action}
            {...actionChoices(locale, query.action)}
          />
          <TextField
            name="target"
            label={t('target')}
            optional=""
            type="search"
            defaultValue={query.target}
            maxLength={100}
            autoComplete="off"
          />
          <TextField name="from" label={t('from')} optional="" type="date" defaultValue={query.from} />
          <TextField name="to" label={t('to')} optional="" type="date" defaultValue={query.to} />
          <div className="flex flex-wrap items-end gap-3">
            <SubmitButton look="quiet">{t('show')}</SubmitButton>
            {filtered ? (
              <LinkButton href="/admin/audit" look="plain">
                {t('clear')}
              </LinkButton>
            ) : null}
          </div>
        </form>
      </search>
    </Disclosure>
  )
}
