import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { type Door, LINK_MINUTES } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { AddressField } from './fields'
import { formWords } from './form-words'
import { SentView } from './sent-view'
import { TextLink } from './text-link'

/** Asks for an address to write to, or says that the letter is on its way if somebody has the address. */
export function AskLetterView({
  door,
  kind,
  action,
  next,
  sent,
  demo,
}: {
  door: Door
  kind: 'forgot' | 'magic'
  action: FormAction
  /** Where the link of a magic letter leads in the end. */
  next?: string
  sent: boolean
  demo: boolean
}) {
  const { locale } = door
  const words = translator(locale, 'auth.sent')
  const f = translator(locale, 'auth.form')
  const forgot = translator(locale, 'auth.forgot')
  const magic = translator(locale, 'auth.magic')
  const minutes = LINK_MINUTES.magic
  const shown =
    kind === 'forgot'
      ? { title: forgot('title'), intro: forgot('intro'), submit: forgot('submit'), sent: words('reset') }
      : {
          ...{ title: magic('title'), intro: magic('intro', { minutes }), submit: magic('submit') },
          sent: words('magic', { minutes }),
        }
  if (sent) {
    const again = kind === 'forgot' ? '/forgot-password' : '/magic-link'
    return <SentView door={door} body={shown.sent} again={again} demo={demo} />
  }
  return (
    <AuthFrame door={door} title={shown.title} intro={shown.intro}>
      <ActionForm
        action={action}
        submit={shown.submit}
        pendingLabel={f('sending')}
        messages={formWords(locale)}
        extra={<TextLink href="/sign-in">{f('backToSignIn')}</TextLink>}
      >
        {next === undefined ? null : <HiddenFields values={{ next }} />}
        <AddressField locale={locale} />
      </ActionForm>
    </AuthFrame>
  )
}
