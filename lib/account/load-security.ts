import 'server-only'
import { listIdentities } from '#lib/db/queries/accounts'
import { countRecoveryCodes, findFactor } from '#lib/db/queries/second-factors'
import { listSessions } from '#lib/db/queries/sessions'
import type { TenantDb } from '#lib/db/tenant'
import { setUpOf } from '#lib/identity/second-factor'
import type { FactorView, SecurityView } from './contract'
import { deviceOf, proofOf } from './rules'

type Input = Readonly<{
  userId: string
  sessionId: string
  email: string
  hasPassword: boolean
  signedInAt: Date
  /** What an app shows the second factor under. */
  issuer: string
  /** The school asks this person for a second factor. */
  asked: boolean
  mustSetUp: boolean
  /** Providers that the installation knows. */
  providers: readonly Readonly<{ id: string; name: string }>[]
}>

/** Reads only: a set-up is begun by an action, and shown here once it stands. */
async function factorOf(db: TenantDb, { userId, email, issuer }: Input): Promise<FactorView> {
  const standing = await findFactor(db, userId)
  if (standing === null) return { state: 'off' }
  if (!standing.confirmed) return { state: 'begun', ...setUpOf(db, { userId, email, issuer }, standing) }
  return { state: 'on', codesLeft: await countRecoveryCodes(db, userId) }
}

/** How a person comes in, and where they are signed in: four or five statements. */
export async function loadSecurity(db: TenantDb, input: Input, now = new Date()): Promise<SecurityView> {
  const { userId, sessionId, email, asked, mustSetUp } = input
  const devices = await listSessions(db, userId)
  const identities = await listIdentities(db, userId)
  return {
    ...{ email, asked, mustSetUp },
    proof: proofOf(input, now),
    devices: devices.map(({ userAgent, ...device }) => ({
      ...device,
      ...deviceOf(userAgent),
      isThis: device.id === sessionId,
    })),
    factor: await factorOf(db, input),
    identities,
    providers: input.providers.map(({ id, name }) => ({ id, name })),
  }
}
