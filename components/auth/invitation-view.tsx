import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { TextField } from '#components/ui/text-field'
import type { Door } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { NewPasswordField } from './fields'
import { formWords } from './form-words'

export type InvitationSeen = Readonly<{
  token: string
  email: string
  /** What the school knows of the name; the person decides. */
  name: string | null
  role: 'ADMIN' | 'INSTRUCTOR' | 'STUDENT'
  /** False for somebody who asked by themselves. */
  invited: boolean
  /** Whether somebody of this school has the address already. */
  hasAccount: boolean
}>

/** The last step of joining: a name and a password. */
export function InvitationView({
  door,
  action,
  invitation,
  signedInAs,
}: {
  door: Door
  action: FormAction
  invitation: InvitationSeen
  /** Address of whoever is signed in on this browser; null for nobody. */
  signedInAs: string | null
}) {
  const { locale, name: school } = door
  const t = translator(locale, 'auth.invitation')
  const { token, email, name, role, invited, hasAccount } = invitation
  if (hasAccount) {
    return (
      <AuthFrame door={door} title={t('haveTitle')} intro={t('haveBody', { email, school })}>
        <div>
          <LinkButton href="/sign-in">{translator(locale, 'auth.signIn')('submit')}</LinkButton>
        </div>
      </AuthFrame>
    )
  }
  const other = signedInAs === null ? null : t('other', { email: signedInAs, invited: email })
  return (
    <AuthFrame
      door={door}
      title={t('title', { school })}
      intro={invited ? t('intro', { school, email, role }) : t('introOwn', { school, email })}
      notice={other === null ? null : <Notice tone="info" title={other} />}
    >
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ token }} />
        <TextField
          name="name"
          label={translator(locale, 'auth.form')('name')}
          defaultValue={name ?? undefined}
          autoComplete="name"
          maxLength={200}
          autoFocus={name === null}
        />
        <NewPasswordField locale={locale} email={email} label="password" autoFocus={name !== null} />
      </ActionForm>
    </AuthFrame>
  )
}
