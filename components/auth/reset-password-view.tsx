import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import type { Door } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { NewPasswordField } from './fields'
import { formWords } from './form-words'

/** A new password, by a link that still works. */
export function ResetPasswordView({
  door,
  action,
  token,
  email,
}: {
  door: Door
  action: FormAction
  token: string
  email: string
}) {
  const t = translator(door.locale, 'auth.reset')
  return (
    <AuthFrame door={door} title={t('title')} intro={t('intro', { email })}>
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(door.locale)}
      >
        <HiddenFields values={{ token }} />
        <NewPasswordField locale={door.locale} email={email} label="newPassword" />
      </ActionForm>
    </AuthFrame>
  )
}
