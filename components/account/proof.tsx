import { SubmitButton } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { PasswordField } from '#components/ui/password-field'
import type { Proof } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'

/** The password that somebody has now, where they have one. Without one their fresh sign-in has to do. */
export function ProofField({ locale, proof }: { locale: string; proof: Proof }) {
  const t = translator(locale, 'account.form')
  if (proof !== 'password') return null
  return (
    <PasswordField
      name="current"
      label={t('current')}
      help={t('currentHelp')}
      autoComplete="current-password"
      showLabel={t('show')}
      hideLabel={t('hide')}
    />
  )
}

/** Stands in place of a form that somebody can't send now: without a password, and signed in too long ago. */
export function StaleNotice({ locale }: { locale: string }) {
  const t = translator(locale, 'account.form')
  return (
    <Notice
      tone="info"
      title={t('stale')}
      action={
        <form method="post" action="/api/auth/sign-out">
          <SubmitButton look="quiet" size="small">
            {t('signOut')}
          </SubmitButton>
        </form>
      }
    >
      {t('staleBody')}
    </Notice>
  )
}
