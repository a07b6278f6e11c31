import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { asksForKey, enroll } from '#lib/db/queries/enrollments'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { Unit } from '#lib/identity/unit'
import { countKey, forgetKeys, type KeyTry } from './key-tries'

type Input = Readonly<{
  userId: string
  courseId: string
  key: string | null
  locale: string
  /** Writes the log, in the unit that enrolls. */
  record: (db: TenantDb) => Promise<void>
}>

/** Counts a key that is being tried, and waits for its turn. @returns null at a course that asks for none */
async function tryKey(unit: Unit, input: Input): Promise<KeyTry | null> {
  const { userId, courseId, key, locale } = input
  if (key === null || key === '') return null
  const tried = await unit(async (db) => {
    if (!(await asksForKey(db, { userId, courseId }))) return null
    return countKey(db, { userId, courseId }, locale)
  })
  if (tried !== null && tried.hold > 0) await sleep(tried.hold * 1_000)
  return tried
}

/** A refusal with words beside its field; null for one that needs none. */
function inWords(error: unknown, locale: string): AppError | null {
  const t = translator(locale, 'learn.enroll')
  const code = codeOf(error)
  if (code === 'invalid_input') return new AppError(code, 'Wrong key.', { fields: { key: t('wrongKey') } })
  if (code === 'limit_reached') return new AppError(code, 'Full.', { fields: { courseId: t('full') } })
  return null
}

/**
 * Enrolls somebody in a course by their own wish. Pressed twice it is one enrollment. Wrong keys are counted, by person
 * and course, and make the next one wait; where many are tried at one course, everybody's wait for each other.
 * @returns whether this call made it
 * @throws AppError 'not_found', 'forbidden' for a course by invitation; 'invalid_input', 'rate_limited' and
 *   'limit_reached' with words beside the field
 */
export async function enterCourse(unit: Unit, input: Input): Promise<{ created: boolean }> {
  const { userId, courseId, key, locale, record } = input
  const tried = await tryKey(unit, input)
  try {
    return await unit(async (db) => {
      const { created } = await enroll(db, { userId, courseId, key })
      if (tried !== null) await forgetKeys(db, tried)
      if (created) await record(db)
      return { created }
    })
  } catch (error) {
    // The course is full: the key was right.
    if (tried !== null && codeOf(error) === 'limit_reached') await unit((db) => forgetKeys(db, tried))
    const said = inWords(error, locale)
    if (said !== null) throw said
    throw error
  }
}
