import type { ReactNode } from 'react'
import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import type { Door } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { formWords } from './form-words'

type Kind = 'magic' | 'verify' | 'change'

function wordsOf(locale: string, kind: Kind, about: string) {
  const magic = translator(locale, 'auth.magic')
  const verify = translator(locale, 'auth.verify')
  const change = translator(locale, 'auth.change')
  switch (kind) {
    case 'magic':
      return {
        ...{ title: magic('useTitle'), intro: magic('useIntro', { email: about }) },
        ...{ submit: magic('use'), pending: magic('usePending') },
      }
    case 'verify':
      return {
        ...{ title: verify('title'), intro: verify('intro', { email: about }) },
        ...{ submit: verify('submit'), pending: verify('pending') },
      }
    case 'change':
      return {
        ...{ title: change('title'), intro: change('intro', { name: about }) },
        ...{ submit: change('submit'), pending: change('pending') },
      }
  }
}

/**
 * What a link from a letter would do, and the button that does it. The link alone does nothing: programs that check
 * mail for bad links follow every one of them.
 */
export function UseLinkView({
  door,
  kind,
  action,
  token,
  about,
  children,
}: {
  door: Door
  kind: Kind
  action: FormAction
  token: string
  /** Whom it is about: their address, or their name where addresses change. */
  about: string
  /** What the link changes. */
  children?: ReactNode
}) {
  const words = wordsOf(door.locale, kind, about)
  return (
    <AuthFrame door={door} title={words.title} intro={words.intro}>
      {children}
      <ActionForm
        action={action}
        submit={words.submit}
        pendingLabel={words.pending}
        messages={formWords(door.locale)}
      >
        <HiddenFields values={{ token }} />
      </ActionForm>
    </AuthFrame>
  )
}
