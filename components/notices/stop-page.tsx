import { ActionForm } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { PageHeader } from '#components/ui/page-header'
import { formatter, translator } from '#lib/i18n/translate'
import type { NotificationType } from '#lib/notifications/contract'
import { formWords } from '../form/form-words'

type Link = Readonly<{ types: readonly NotificationType[]; stopped: boolean }>

const SETTINGS = '/account/notifications'

/** Where the link below a letter leads: asks before anything changes, and takes it back as easily. */
export function StopPage({
  locale,
  schoolName,
  asked,
  link,
  actions,
}: {
  locale: string
  schoolName: string
  /** The link’s own words. */
  asked: Readonly<{ types: string; token: string }>
  /** What it is about; null: the link is none. */
  link: Link | null
  actions: Readonly<{ stop: FormAction; want: FormAction }>
}) {
  const t = translator(locale, 'notices.stop')
  if (link === null)
    return (
      <>
        <PageHeader title={t('badTitle')} intro={t('bad')} />
        <a href={SETTINGS} className={buttonClass('quiet')}>
          {t('signIn')}
        </a>
      </>
    )
  const names = translator(locale, 'notices.types')
  const types = formatter(locale, 'UTC').list(link.types.map((type) => names(type)))
  const form = link.stopped
    ? { action: actions.want, submit: t('again'), pendingLabel: t('beginning'), submitLook: 'quiet' as const }
    : { action: actions.stop, submit: t('stop'), pendingLabel: t('stopping') }
  return (
    <>
      <PageHeader
        title={link.stopped ? t('stoppedTitle') : t('question')}
        intro={link.stopped ? t('stopped', { types }) : `${t('about', { types })} ${t('explain')}`}
      />
      <p className="mb-6 text-14 text-soft">{t('title', { school: schoolName })}</p>
      <ActionForm
        {...form}
        messages={formWords(locale)}
        extra={
          <a href={SETTINGS} className={buttonClass('plain')}>
            {t('settings')}
          </a>
        }
      >
        <HiddenFields values={{ ...asked }} />
      </ActionForm>
    </>
  )
}
