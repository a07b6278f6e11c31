import { AuthFrame } from '#components/auth/auth-frame'
import { formWords } from '../auth/form-words'
import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { TextField } from '#components/ui/text-field'
import { platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { limitsOf } from '#lib/plans/rules'
import { SUBDOMAIN_MAX, SUBDOMAIN_MIN } from '#lib/schools/rules'
import { SuggestAddress } from './suggest-address'

/** The part of a school's address that is its own, with the rest of it behind. */
export function AddressField({
  locale,
  rootHost,
  help,
  defaultValue,
}: {
  locale: string
  /** Of the platform, with its port: `smartlms.example`. */
  rootHost: string
  help: string
  defaultValue?: string
}) {
  return (
    <TextField
      name="subdomain"
      label={translator(locale, 'siteSignUp')('subdomain')}
      help={help}
      after={`.${rootHost}`}
      defaultValue={defaultValue}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      inputMode="url"
      maxLength={100}
    />
  )
}

/** Asks for a school: four fields, and what comes of them. */
export function SignUpView({
  locale,
  rootHost,
  requestKey,
  action,
}: {
  locale: string
  rootHost: string
  /** Made for this form: pressing twice makes one request. */
  requestKey: string
  action: FormAction
}) {
  const t = translator(locale, 'siteSignUp')
  const { people, courses } = limitsOf('FREE')
  return (
    <AuthFrame
      door={platformDoor(locale)}
      title={t('title')}
      intro={t('intro', { people: people ?? 0, courses: courses ?? 0 })}
    >
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ requestKey }} />
        <TextField
          name="schoolName"
          label={t('schoolName')}
          help={t('schoolNameHelp')}
          autoComplete="organization"
          maxLength={120}
        />
        <AddressField
          locale={locale}
          rootHost={rootHost}
          help={t('subdomainHelp', { min: SUBDOMAIN_MIN, max: SUBDOMAIN_MAX })}
        />
        <SuggestAddress from="schoolName" to="subdomain" />
        <TextField
          name="name"
          label={t('name')}
          help={t('nameHelp')}
          autoComplete="name"
          autoCapitalize="words"
          maxLength={200}
        />
        <TextField
          name="email"
          type="email"
          label={t('email')}
          help={t('emailHelp')}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
        />
      </ActionForm>
    </AuthFrame>
  )
}
