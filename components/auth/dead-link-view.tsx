import { LinkButton } from '#components/ui/link-button'
import type { Door } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { TextLink } from './text-link'

const WAYS = {
  reset: '/forgot-password',
  magic: '/magic-link',
  verify: '/sign-in',
  change: '/account',
  invitation: '/sign-in',
} as const

/**
 * A link that opens nothing: used, too old, forged or another school's. It looks the same for all of them, so that
 * it tells nobody what there was.
 */
export function DeadLinkView({ door, kind }: { door: Door; kind: keyof typeof WAYS }) {
  const t = translator(door.locale, 'auth.dead')
  const signIn = translator(door.locale, 'auth.form')('backToSignIn')
  const href = WAYS[kind]
  const spoken = kind === 'invitation' || kind === 'change'
  return (
    <AuthFrame door={door} title={t('title')} intro={t('body')}>
      {spoken ? <p className="max-w-note text-14 text-soft">{t(kind)}</p> : null}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {kind === 'invitation' ? null : (
          <LinkButton href={href}>{kind === 'change' ? t('toAccount') : t(kind)}</LinkButton>
        )}
        {href === '/sign-in' && kind !== 'invitation' ? null : <TextLink href="/sign-in">{signIn}</TextLink>}
      </div>
    </AuthFrame>
  )
}
