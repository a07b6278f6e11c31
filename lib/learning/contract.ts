import { z } from 'zod'

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** A learner enters a course by themselves; `key` where it asks for one. */
export const enrollForm = z.strictObject({ courseId: id, key: z.string().trim().max(100).optional() })

/** A learner leaves a course. */
export const leaveForm = z.strictObject({ courseId: id })

/** A learner says that they are done with a lesson, or that they aren't. */
export const markForm = z.strictObject({
  courseId: id,
  lessonId: id,
  done: z.enum(['yes', 'no']),
  /** The lesson to go to once it is done. */
  next: id.optional(),
})
