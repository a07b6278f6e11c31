import 'server-only'
import { enroll } from '#lib/db/queries/enrollments'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

type Input = Readonly<{ userId: string; courseId: string; key: string | null; locale: string }>

/**
 * Enrolls somebody in a course by their own wish. Pressed twice it is one enrollment.
 * @returns whether this call made it
 * @throws AppError 'not_found', 'forbidden' for a course by invitation; 'invalid_input' and 'limit_reached' with words
 *   beside the field
 */
export async function enterCourse(db: TenantDb, input: Input): Promise<{ created: boolean }> {
  const { userId, courseId, key, locale } = input
  const t = translator(locale, 'learn.enroll')
  try {
    return await enroll(db, { userId, courseId, key })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'invalid_input') throw new AppError(code, 'Wrong key.', { fields: { key: t('wrongKey') } })
    if (code === 'limit_reached') throw new AppError(code, 'Full.', { fields: { courseId: t('full') } })
    throw error
  }
}
