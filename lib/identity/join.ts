import 'server-only'
import { NO_PASSWORD, createUser } from '#lib/db/queries/users'
import {
  acceptInvitation,
  findOpenInvitation,
  type InvitationRow,
  revokeInvitation,
} from '#lib/db/queries/invitations'
import { confirmAddress } from '#lib/db/queries/credentials'
import { holdStandings } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import { assignRoles } from '#lib/db/queries/roles'
import { recordAudit } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { readLinkToken } from '#lib/adapters/keys/keys'
import { choosePassword } from './choose-password'
import { openSession } from './open-session'
import { stillPromised } from './standing'
import type { Client, Unit } from './unit'

/** The invitation behind a link; null when the link is forged or another school's, or doesn't work any more. */
async function openInvitation(db: TenantDb, token: string): Promise<InvitationRow | null> {
  const id = readLinkToken('invitation', db.tenantId, token)
  return id === null ? null : findOpenInvitation(db, id)
}

/** The same for a page: null also when whoever sent it may not promise it any more. */
export async function peekInvitation(db: TenantDb, token: string): Promise<InvitationRow | null> {
  const open = await openInvitation(db, token)
  return open !== null && (await stillPromised(db, open)) ? open : null
}

/** Takes back what nobody promises any more, so that it doesn't come to life when somebody is promoted later. */
async function takeBack(db: TenantDb, { id, email, role }: InvitationRow, client: Client): Promise<void> {
  await revokeInvitation(db, id)
  await recordAudit(db, {
    ...{ action: 'people.revoke-invitation', actorId: null, targetType: 'Invitation', targetId: id },
    ...{ before: { email, role }, client },
  })
}

function over(): AppError {
  return new AppError('not_found', 'The invitation is over.')
}

/**
 * Makes a person of an invitation, once, with the role and custom roles that it names. Other schools' people of the
 * same address are others: nothing of theirs is looked at.
 * @param limit of people in the school's plan
 * @returns the person's id; null when whoever sent it may not promise it any more. It is then taken back in this
 *   transaction, which therefore has to commit.
 * @throws AppError 'not_found' when the invitation is over, 'conflict' when the address has an account here, 'limit_reached'
 */
export async function joinByInvitation(
  db: TenantDb,
  input: Readonly<{
    invitation: InvitationRow
    name: string
    hash: string | null
    limit: number | null
    client: Client
  }>,
): Promise<string | null> {
  const { name, hash, limit, client } = input
  // Whoever demotes or removes the inviter now comes before this, or after.
  await holdStandings(db)
  const invitation = await findOpenInvitation(db, input.invitation.id)
  if (invitation === null) throw over()
  if (!(await stillPromised(db, invitation))) {
    await takeBack(db, invitation, client)
    return null
  }
  const { id, email, role, roleIds, invitedById } = invitation
  if (!(await acceptInvitation(db, id))) throw over()
  // An invitation has held a place since it was sent; a request of one's own takes it now.
  await takePeoplePlaces(db, { wanted: 1, limit })
  const person = await createUser(db, { email, name, role, password: hash ?? NO_PASSWORD })
  await confirmAddress(db, { userId: person.id, email })
  await assignRoles(db, { userId: person.id, roleIds })
  await recordAudit(db, {
    ...{ action: 'auth.joined', actorId: person.id, targetType: 'User', targetId: person.id },
    ...{ after: { role, invitedById }, client },
  })
  return person.id
}

type Input = Readonly<{
  token: string
  name: string
  password: string
  limit: number | null
  schoolName: string
  client: Client
  locale: string
}>

/**
 * Joins a school by the link of an invitation, with a password of one's own choice.
 * @returns the session's token @throws AppError as `joinByInvitation`, 'invalid_input' for a password easy to guess
 */
export async function acceptByLink(unit: Unit, input: Input): Promise<string> {
  const { token, name, password, limit, schoolName, client, locale } = input
  const seen = await unit((db) => openInvitation(db, token))
  if (seen === null) throw over()
  const hash = await choosePassword({ password, own: [name, seen.email, schoolName], locale })
  try {
    const session = await unit(async (db) => {
      const invitation = await openInvitation(db, token)
      if (invitation === null) throw over()
      const userId = await joinByInvitation(db, { invitation, name, hash, limit, client })
      if (userId === null) return null
      const method = invitation.invitedById === null ? 'sign-up' : 'invitation'
      return openSession(db, { userId, method, withSecondFactor: false, client })
    })
    if (session === null) throw over()
    return session
  } catch (error) {
    throw inJoinersWords(error, locale)
  }
}

/** What stops somebody from joining, told to them and not to the school. */
function inJoinersWords(error: unknown, locale: string): unknown {
  const code = codeOf(error)
  if (code !== 'conflict' && code !== 'limit_reached') return error
  const t = translator(locale, 'auth.errors')
  const fields = { form: code === 'conflict' ? t('hasAccount') : t('full') }
  return new AppError(code, 'Nobody joined.', { fields, cause: error })
}
