import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import { StatusBadge } from '#components/ui/status-badge'
import { TextField } from '#components/ui/text-field'
import type { BreakView } from '#lib/breaks/contract'
import { BREAKS, lengthOf } from '#lib/breaks/rules'
import { translator } from '#lib/i18n/translate'
import { dayWords } from '../awards/streak-words'
import { formWords } from '../form/form-words'
import { AdminPage, type AdminProps } from './admin-page'

type Done = 'added' | 'there' | 'ended' | 'removed'

type Actions = Readonly<{ add: FormAction; end: FormAction }>

function Add({ locale, action }: { locale: string; action: FormAction }) {
  const t = translator(locale, 'breaks')
  return (
    <Section id="add" title={t('addTitle')} description={t('addBody', { past: BREAKS.past })}>
      <ActionForm action={action} submit={t('add')} pendingLabel={t('adding')} messages={formWords(locale)}>
        <TextField
          name="name"
          label={t('name')}
          help={t('nameHelp')}
          maxLength={BREAKS.name}
          autoComplete="off"
        />
        <div className="grid gap-6 sm:grid-cols-2">
          <TextField name="first" type="date" label={t('first')} />
          <TextField name="last" type="date" label={t('last')} />
        </div>
      </ActionForm>
    </Section>
  )
}

function End({ locale, action, one }: { locale: string; action: FormAction; one: BreakView }) {
  const t = translator(locale, 'breaks')
  const { id, name, state } = one
  if (state === 'over') return null
  const begun = state === 'now'
  return (
    <ConfirmForm
      id={`break-${id}`}
      trigger={{ label: begun ? t('end') : t('remove'), about: name, look: 'plain', size: 'small' }}
      title={begun ? t('endAsk', { name }) : t('removeAsk', { name })}
      consequence={begun ? t('endBody') : t('removeBody')}
      action={action}
      values={{ breakId: id }}
      submit={begun ? t('end') : t('remove')}
      pendingLabel={begun ? t('ending') : t('removing')}
      cancel={t('cancel')}
      messages={formWords(locale)}
    />
  )
}

function List({
  locale,
  breaks,
  action,
}: {
  locale: string
  breaks: readonly BreakView[]
  action: FormAction
}) {
  const t = translator(locale, 'breaks')
  return (
    <DataTable<BreakView>
      caption={t('caption')}
      rows={breaks}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', header: t('name'), cell: ({ name }) => name, long: true },
        {
          ...{ id: 'days', header: t('days') },
          cell: ({ first, last }) => (
            <>
              {dayWords(locale, first)}
              {first === last ? null : ` – ${dayWords(locale, last)}`}
              <span className="block text-14 text-soft">
                {t('length', { count: lengthOf({ first, last }) })}
              </span>
            </>
          ),
        },
        {
          ...{ id: 'state', header: t('state') },
          cell: ({ state }) => (
            <StatusBadge tone={state === 'now' ? 'info' : 'neutral'}>{t(state)}</StatusBadge>
          ),
        },
      ]}
      actions={{ label: t('actions'), cell: (one) => <End locale={locale} action={action} one={one} /> }}
      empty={<EmptyState seed="breaks" title={t('none')} body={t('noneBody')} />}
    />
  )
}

/** Holidays of the school, in which streaks wait for everybody. */
export function BreaksPage({
  schoolName,
  breaks,
  done,
  actions,
  ...admin
}: AdminProps & {
  schoolName: string
  breaks: readonly BreakView[]
  done: Done | undefined
  actions: Actions
}) {
  const { locale } = admin
  const t = translator(locale, 'breaks')
  return (
    <AdminPage {...admin} current="breaks">
      {done === undefined ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t(`done.${done}`)} />
        </div>
      )}
      <PageHeader title={t('title')} intro={t('intro', { school: schoolName })} />
      <Add locale={locale} action={actions.add} />
      <section aria-labelledby="breaks" className="border-t border-line pt-8">
        <h2 id="breaks" className="mb-4 text-18 font-semibold">
          {t('listTitle')}
        </h2>
        <List locale={locale} breaks={breaks} action={actions.end} />
      </section>
    </AdminPage>
  )
}
