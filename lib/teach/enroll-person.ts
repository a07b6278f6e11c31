import 'server-only'
import { enroll, unenroll } from '#lib/db/queries/enrollments'
import { type Author, findByAddress, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

/** `by.everyCourse`: may manage enrollments everywhere; else it takes one's own course. */
type Course = Readonly<{ courseId: string; by: Author }>

function refusal(detail: string, email: string): AppError {
  return new AppError('invalid_input', detail, { fields: { email } })
}

/**
 * Enrolls somebody of the school by their address, whoever may enroll by themselves. The last seat is taken once: those
 * who enroll others stand in line.
 * @returns `created`: whether they were not in the course before
 * @throws AppError 'invalid_input' naming the field `email`, 'not_found'; 'forbidden' when the course is a colleague's
 */
export async function enrollPerson(
  db: TenantDb,
  input: Course & Readonly<{ email: string; locale: string }>,
): Promise<{ userId: string; created: boolean }> {
  const { courseId, email, locale } = input
  const t = translator(locale, 'teach.people')
  const { status, capacity } = await lockEditable(db, input)
  if (status !== 'PUBLISHED') throw refusal('The course is no published one.', t('notPublished'))
  const found = await findByAddress(db, email)
  if (found === null) throw refusal('Nobody of the school has this address.', t('nobody'))
  const { created } = await enroll(db, { userId: found.id, courseId, byStaff: true }).catch(
    (error: unknown) => {
      if (codeOf(error) !== 'limit_reached') throw error
      throw refusal('The course is full.', t('full', { count: capacity ?? 0 }))
    },
  )
  return { userId: found.id, created }
}

/** Takes somebody out of a course; their progress in it goes. @throws AppError as `enrollPerson` */
export async function removeLearner(
  db: TenantDb,
  input: Course & Readonly<{ userId: string }>,
): Promise<void> {
  const { courseId, userId } = input
  await lockEditable(db, { courseId, by: input.by })
  await unenroll(db, { userId, courseId })
}
