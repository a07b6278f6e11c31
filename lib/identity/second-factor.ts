import 'server-only'
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { mac, seal, unseal } from '#lib/adapters/keys/keys'
import {
  beginFactor,
  type FactorRow,
  findFactor,
  replaceRecoveryCodes,
  spendRecoveryCode,
  takeStep,
} from '#lib/db/queries/second-factors'
import type { TenantDb } from '#lib/db/tenant'
import { plainCode } from './rules'

/** Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, what every authenticator app knows. */

const PERIOD = 30
const RECOVERY_CODES = 10

function boundTo(tenantId: string, userId: string): string {
  return `${tenantId}/${userId}`
}

function totp(secret: string, label: string, issuer: string): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    label,
    issuer,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
  })
}

export type Setup = Readonly<{
  /** To be typed into the app, base 32. */
  secret: string
  /** The same as an otpauth: address, for a QR code. */
  uri: string
}>

type Owner = Readonly<{
  userId: string
  email: string
  /** What the app shows it under. */
  issuer: string
}>

/**
 * Begins a set-up, always with a secret that nobody has seen: one that stands may be known to whoever began it.
 * @returns null when a confirmed second factor stands
 */
export async function setUpFactor(db: TenantDb, { userId, email, issuer }: Owner): Promise<Setup | null> {
  const secret = new Secret({ size: 20 }).base32
  const sealed = seal('second-factor', boundTo(db.tenantId, userId), secret)
  if (!(await beginFactor(db, { userId, secret: sealed }))) return null
  return { secret, uri: totp(secret, email, issuer).toString() }
}

/** What the app needs of a set-up that is under way. @param factor of `findFactor` */
export function setUpOf(db: TenantDb, { userId, email, issuer }: Owner, factor: FactorRow): Setup {
  const secret = unseal('second-factor', boundTo(db.tenantId, userId), factor.secret)
  return { secret, uri: totp(secret, email, issuer).toString() }
}

/**
 * Takes a code of the person's app, once; neighbouring steps count, for clocks that are a little off.
 * The first one confirms a set-up.
 */
export async function takeCode(
  db: TenantDb,
  input: Readonly<{ userId: string; code: string; now?: number }>,
): Promise<boolean> {
  const { userId, now = Date.now() } = input
  const code = plainCode(input.code)
  const factor = await findFactor(db, userId)
  if (factor === null || !/^\d{6}$/.test(code)) return false
  const secret = unseal('second-factor', boundTo(db.tenantId, userId), factor.secret)
  const delta = totp(secret, '', '').validate({ token: code, timestamp: now, window: 1 })
  if (delta === null) return false
  return takeStep(db, { userId, step: Math.floor(now / 1_000 / PERIOD) + delta })
}

function recoveryHash(tenantId: string, userId: string, code: string): string {
  return mac('recovery-code', `${boundTo(tenantId, userId)}/${plainCode(code)}`)
}

/** Makes ten new recovery codes in place of the old ones. They are shown once and kept as macs. */
export async function renewRecoveryCodes(db: TenantDb, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const text = randomBytes(8).toString('hex')
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}-${text.slice(12)}`
  })
  const hashes = codes.map((code) => recoveryHash(db.tenantId, userId, code))
  await replaceRecoveryCodes(db, { userId, hashes })
  return codes
}

/** Uses a recovery code up. */
export async function takeRecoveryCode(
  db: TenantDb,
  input: Readonly<{ userId: string; code: string }>,
): Promise<boolean> {
  return spendRecoveryCode(db, {
    userId: input.userId,
    hash: recoveryHash(db.tenantId, input.userId, input.code),
  })
}
