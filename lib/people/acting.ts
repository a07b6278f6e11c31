import 'server-only'
import type { Permission } from '#lib/auth/permissions'
import { countOtherAdmins, readStandings, type StandingRow } from '#lib/db/queries/people'
import { holdStandings } from '#lib/db/queries/people-changes'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, type ErrorCode } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { grants, leavesNobody, objection, type Standing } from './rules'

/** Who does something, and the language they read. */
export type By = Readonly<{ actorId: string; locale: string }>

type Target = Standing & Omit<StandingRow, 'permissions'>

type Refusal = Parameters<ReturnType<typeof translator<'people.refusals'>>>[0]

/** A refusal with its reason in words above the form. */
export function refusal(code: ErrorCode, locale: string, reason: Refusal): AppError {
  return new AppError(code, `Refused: ${reason}.`, {
    fields: { form: translator(locale, 'people.refusals')(reason) },
  })
}

/** What a row's person may do, with the facts that decide about them. */
export function standingOf(row: StandingRow): Target {
  const { permissions, ...facts } = row
  return { ...facts, permissions: grants(row.role, permissions) }
}

/**
 * The person that something is to be done to, if whoever asks may do it. Both are read behind the lock that all changes
 * of standing take, so that it is still so when the change commits.
 * @throws AppError 'not_found' for nobody of this school, 'forbidden' for themselves, for somebody who may do what they
 *   may not, and for an actor who has lost `needs` in the meantime
 */
export async function personToChange(
  db: TenantDb,
  by: By,
  userId: string,
  needs: Permission = 'user:manage',
): Promise<Readonly<{ actor: Standing; target: Target }>> {
  await holdStandings(db)
  const people = (await readStandings(db, [by.actorId, userId])).map(standingOf)
  const actor = people.find((one) => one.id === by.actorId)
  if (actor === undefined || actor.disabled || !actor.permissions.has(needs))
    throw new AppError('forbidden', 'The actor was demoted or left in the meantime.')
  const target = people.find((one) => one.id === userId)
  if (target === undefined) throw new AppError('not_found', 'There is no such person.')
  const reason = objection(actor, target)
  if (reason !== null) throw refusal('forbidden', by.locale, reason)
  return { actor, target }
}

/** @throws AppError 'forbidden' when nobody would be left who runs the school. Call it behind `personToChange`. */
export async function assertSomebodyStays(db: TenantDb, by: By, target: Target): Promise<void> {
  if (target.role !== 'ADMIN') return
  if (leavesNobody(target, await countOtherAdmins(db, target.id)))
    throw refusal('forbidden', by.locale, 'lastAdmin')
}
