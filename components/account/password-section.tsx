import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { PasswordField } from '#components/ui/password-field'
import { Section } from '#components/ui/section'
import type { Proof } from '#lib/account/contract'
import { PASSWORD_MIN } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ProofField, StaleNotice } from './proof'

/** Another password, or the first one. */
export function PasswordSection({
  locale,
  email,
  proof,
  action,
}: {
  locale: string
  email: string
  proof: Proof
  action: FormAction
}) {
  const t = translator(locale, 'account.password')
  const f = translator(locale, 'account.form')
  const first = proof !== 'password'
  return (
    <Section id="password" title={t('title')} description={first ? t('introFirst') : t('intro')}>
      {proof === 'stale' ? (
        <StaleNotice locale={locale} />
      ) : (
        <ActionForm
          action={action}
          submit={first ? t('submitFirst') : t('submit')}
          pendingLabel={t('saving')}
          messages={formWords(locale)}
        >
          {/* Managers file a password under the nearest name. It has no name of its own, so it isn't sent. */}
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <ProofField locale={locale} proof={proof} />
          <PasswordField
            name="password"
            label={t('new')}
            help={t('help', { count: PASSWORD_MIN })}
            autoComplete="new-password"
            showLabel={f('show')}
            hideLabel={f('hide')}
            minLength={PASSWORD_MIN}
          />
        </ActionForm>
      )}
    </Section>
  )
}
