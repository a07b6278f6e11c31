import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { TextField } from '#components/ui/text-field'
import { type Door, INVITATION_DAYS } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { formWords } from './form-words'
import { SentView } from './sent-view'
import { TextLink } from './text-link'

/** How one comes into a school that takes invited people only. */
function Closed({ door }: { door: Door }) {
  const t = translator(door.locale, 'auth.signUp')
  return (
    <AuthFrame door={door} title={t('closedTitle', { school: door.name })} intro={t('closedBody')}>
      <p className="max-w-note text-14 text-soft">{t('closedHave', { days: INVITATION_DAYS })}</p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <LinkButton href="/courses" look="quiet">
          {t('toCourses')}
        </LinkButton>
        <TextLink href="/sign-in">{translator(door.locale, 'auth.signIn')('submit')}</TextLink>
      </div>
    </AuthFrame>
  )
}

/** Asks to join an open school; says how to get in where it isn't open. */
export function SignUpView({
  door,
  action,
  open,
  domains,
  sent,
  demo,
}: {
  door: Door
  action: FormAction
  open: boolean
  /** Mail domains that may join; empty: all. */
  domains: readonly string[]
  sent: boolean
  demo: boolean
}) {
  const { locale, name: school } = door
  const t = translator(locale, 'auth.signUp')
  const f = translator(locale, 'auth.form')
  if (!open) return <Closed door={door} />
  if (sent) {
    const body = translator(locale, 'auth.sent')('signUp', { school })
    return <SentView door={door} body={body} again="/sign-up" demo={demo} />
  }
  const which = domains.length === 0 ? undefined : t('domains', { school, domains: domains.join(', ') })
  return (
    <AuthFrame door={door} title={t('title', { school })} intro={t('intro')}>
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={f('sending')}
        messages={formWords(locale)}
      >
        <TextField name="name" label={f('name')} autoComplete="name" maxLength={200} autoFocus />
        <TextField
          name="email"
          type="email"
          label={f('email')}
          help={which}
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
        />
      </ActionForm>
      <p className="flex flex-wrap items-center gap-x-2 text-14 text-soft">
        {t('have')} <TextLink href="/sign-in">{translator(locale, 'auth.signIn')('submit')}</TextLink>
      </p>
    </AuthFrame>
  )
}
