import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { Section } from '#components/ui/section'
import { SelectField } from '#components/ui/select-field'
import { TextField } from '#components/ui/text-field'
import { formatter, translator } from '#lib/i18n/translate'
import type { NotificationType } from '#lib/notifications/contract'
import {
  DEFAULT_SETTINGS,
  MAIL_CHOICES,
  NOTICE_TYPES,
  type NoticeSettings,
} from '#lib/notifications/contract/settings'
import { AccountFrame } from '../account/account-frame'
import { formWords } from '../form/form-words'

type Held = Readonly<{ settings: NoticeSettings; seen: Date | null }>

const two = (value: number): string => String(value).padStart(2, '0')
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** One kind of news: a line of the matrix where there is room, a card on a phone. */
function Kind({ locale, type, held }: { locale: string; type: NotificationType; held: Held }) {
  const t = translator(locale, 'notices.settings')
  const { app, mail } = held.settings.types[type]
  return (
    <fieldset
      data-kind={type}
      className="grid items-center gap-x-8 gap-y-2 border-t border-line py-4 sm:grid-cols-[1fr_auto_12rem]"
    >
      <legend className="sr-only">{translator(locale, 'notices.types')(type)}</legend>
      <div>
        <p aria-hidden="true" className="font-medium">
          {translator(locale, 'notices.types')(type)}
        </p>
        <p className="text-14 text-soft">{t(`hints.${type}`)}</p>
      </div>
      <CheckboxField name={`app-${type}`} label={t('app')} defaultChecked={app} />
      <SelectField
        name={`mail-${type}`}
        label={t('mail')}
        options={MAIL_CHOICES.map((value) => ({ value, label: t(value) }))}
        defaultValue={mail}
      />
    </fieldset>
  )
}

function Quiet({ locale, timeZone, held }: { locale: string; timeZone: string; held: Held }) {
  const t = translator(locale, 'notices.settings')
  const { quiet } = held.settings
  const { from, until } = quiet ?? DEFAULT_SETTINGS.quiet ?? { from: 0, until: 0 }
  return (
    <Section
      id="quiet"
      title={t('quietTitle')}
      description={t('quietIntro', { zone: timeZone.replaceAll('_', ' ') })}
    >
      <div className="flex flex-col gap-4">
        <CheckboxField name="quiet" label={t('quiet')} defaultChecked={quiet !== null} />
        <div className="flex flex-wrap gap-4">
          <TextField name="quietFrom" type="time" label={t('quietFrom')} defaultValue={clockOf(from)} />
          <TextField name="quietUntil" type="time" label={t('quietUntil')} defaultValue={clockOf(until)} />
        </div>
      </div>
    </Section>
  )
}

function hours(locale: string): { value: string; label: string }[] {
  const { dateTime } = formatter(locale, 'UTC')
  return Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: dateTime(new Date(Date.UTC(2026, 0, 1, hour)), { hour: 'numeric', minute: '2-digit' }),
  }))
}

/** How somebody wants to be told, all on one page and saved at once. */
export function NoticeSettingsPage({
  locale,
  timeZone,
  held,
  saved,
  save,
}: {
  locale: string
  timeZone: string
  held: Held
  saved: boolean
  save: FormAction
}) {
  const t = translator(locale, 'notices.settings')
  return (
    <AccountFrame
      locale={locale}
      isSchool
      current="notices"
      title={t('title')}
      intro={t('intro')}
      notices={saved ? <Notice tone="good" title={t('saved')} /> : null}
    >
      <ActionForm action={save} submit={t('save')} pendingLabel={t('saving')} messages={formWords(locale)}>
        <HiddenFields values={{ seen: held.seen?.toISOString() ?? '' }} />
        <div className="mt-6">
          {NOTICE_TYPES.map((type) => (
            <Kind key={type} locale={locale} type={type} held={held} />
          ))}
        </div>
        <Quiet locale={locale} timeZone={timeZone} held={held} />
        <Section id="digest" title={t('digestTitle')} description={t('digestIntro')}>
          <SelectField
            name="digestHour"
            label={t('digestHour')}
            options={hours(locale)}
            defaultValue={String(held.settings.digestHour)}
          />
        </Section>
      </ActionForm>
      <Section id="always" title={t('alwaysTitle')}>
        <p className="max-w-column text-soft">{t('always')}</p>
      </Section>
    </AccountFrame>
  )
}
