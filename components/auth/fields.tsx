import { PasswordField } from '#components/ui/password-field'
import { TextField } from '#components/ui/text-field'
import { PASSWORD_MIN } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'

/** The address that somebody signs in with. Password managers file an account under it. */
export function AddressField({ locale }: { locale: string }) {
  return (
    <TextField
      name="email"
      type="email"
      label={translator(locale, 'auth.form')('email')}
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      autoFocus
    />
  )
}

/**
 * A password that is chosen now.
 * @param props.email whose it will be: managers file it under the nearest name, which this form doesn't ask for
 */
export function NewPasswordField({
  locale,
  email,
  label,
  autoFocus = true,
}: {
  locale: string
  email: string
  label: 'password' | 'newPassword'
  autoFocus?: boolean
}) {
  const t = translator(locale, 'auth.form')
  return (
    <>
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        name="password"
        label={t(label)}
        help={t('passwordHelp', { count: PASSWORD_MIN })}
        autoComplete="new-password"
        showLabel={t('show')}
        hideLabel={t('hide')}
        minLength={PASSWORD_MIN}
        autoFocus={autoFocus}
      />
    </>
  )
}
