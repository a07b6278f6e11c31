import 'server-only'
import { findByIdentity, linkIdentity } from '#lib/db/queries/accounts'
import { recordAudit } from '#lib/db/queries/audit'
import { findCredentials, findCredentialsById } from '#lib/db/queries/credentials'
import { findOpenInvitationTo, invite } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { holdStandings } from '#lib/db/queries/people-changes'
import type { TenantDb } from '#lib/db/tenant'
import { nameField, SIGN_UP_HOURS } from './contract'
import { joinByInvitation } from './join'
import { enter, type Entered } from './open-session'
import { domainAllowed } from './rules'
import type { Client } from './unit'

/** Who a provider says somebody is. */
export type Claim = Readonly<{
  provider: string
  /** The provider's own id of the person: the only thing that identifies them. */
  subject: string
  email: string | null
  /** The provider vouches that the address is theirs. */
  emailVerified: boolean
  name: string | null
}>

/** Why nobody came in, as a word for the sign-in page's address. */
export type Refused = Readonly<{ kind: 'refused'; why: 'link-first' | 'not-invited' | 'disabled' | 'taken' }>

type Input = Readonly<{
  claim: Claim
  /** Who is signed in on this browser: then the identity is linked to them. */
  linkTo: string | null
  school: Readonly<{ signUp: 'OPEN' | 'INVITED'; mailDomains: readonly string[] }> | null
  limit: number | null
  client: Client
}>

const refused = (why: Refused['why']): Refused => ({ kind: 'refused', why })

/**
 * Links an identity to the person who is signed in, and tells them: it is another way into their account. An identity
 * is one person's, in this school, for good.
 */
async function link(db: TenantDb, { claim, linkTo, client }: Input): Promise<{ kind: 'linked' } | Refused> {
  const { provider, subject, email } = claim
  const owner = await findByIdentity(db, claim)
  if (linkTo === null || (owner !== null && owner.userId !== linkTo)) return refused('taken')
  if (!(await linkIdentity(db, { userId: linkTo, provider, subject, email }))) return { kind: 'linked' }
  await tell(db, { kind: 'mail.account-notice', payload: { userId: linkTo, what: 'identity-linked' } })
  await recordAudit(db, {
    ...{ action: 'account.identity-linked', actorId: linkTo, targetType: 'User', targetId: linkTo },
    ...{ after: { provider }, client },
  })
  return { kind: 'linked' }
}

/** Somebody whom the school doesn't know yet. Only an address that the provider vouches for lets them in. */
async function join(db: TenantDb, { claim, school, limit, client }: Input): Promise<string | Refused> {
  const { email, emailVerified } = claim
  if (email === null || !emailVerified || school === null) return refused('not-invited')
  // The address has an account here: its owner shows that it is theirs first, and then links. A provider's word about
  // an address never opens an account that exists.
  if ((await findCredentials(db, email)) !== null) return refused('link-first')
  // Before the invitation's row is held: those who invite take the two in this order.
  await holdStandings(db)
  // A name that nobody could write into a form isn't taken from a provider either.
  const said = nameField.safeParse(claim.name ?? '').data ?? null
  let invitation = await findOpenInvitationTo(db, email)
  if (invitation === null) {
    if (school.signUp !== 'OPEN' || !domainAllowed(email, school.mailDomains)) return refused('not-invited')
    const { id } = await invite(db, {
      ...{ email, name: said, role: 'STUDENT', roleIds: [], invitedById: null, hours: SIGN_UP_HOURS },
    })
    invitation = await findOpenInvitationTo(db, email)
    if (invitation?.id !== id) return refused('not-invited')
  }
  const name = said ?? invitation.name ?? email
  const userId = await joinByInvitation(db, { invitation, name, hash: null, limit, client })
  return userId ?? refused('not-invited')
}

/**
 * What comes of a provider's answer. Known identity: in (past the second factor, if there is one). Signed in already:
 * linked. Unknown: joins where an invitation or the school's own rule allows it. An address that has an account is
 * never taken over by it.
 */
export async function signInWithProvider(
  db: TenantDb,
  input: Input,
): Promise<Entered | Readonly<{ kind: 'linked' }> | Refused> {
  const { claim, linkTo, client } = input
  if (linkTo !== null) return link(db, input)
  let userId = (await findByIdentity(db, claim))?.userId ?? null
  if (userId === null) {
    const joined = await join(db, input)
    if (typeof joined !== 'string') return joined
    userId = joined
    await linkIdentity(db, { userId, provider: claim.provider, subject: claim.subject, email: claim.email })
  }
  const found = await findCredentialsById(db, userId)
  if (found === null || found.disabled) return refused('disabled')
  return enter(db, { userId, method: claim.provider, client, secondFactor: found.secondFactor })
}
