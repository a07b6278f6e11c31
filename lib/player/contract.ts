import { z } from 'zod'
import { RANGES_MOST, SECOND_MOST } from './rules'

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const second = z.number().int().min(0).max(SECOND_MOST)

/** What a lesson's page reports: sent every few seconds while a film runs, and again by a page that was not sure. */
export const progressReport = z.strictObject({
  courseId: id,
  lessonId: id,
  /** Second of the film to go on from; null leaves what is known. */
  position: second.nullable(),
  /** Played seconds, each [from, to). They are added to what was played before, so sending twice changes nothing. */
  ranges: z.array(z.tuple([second, second]).refine(([from, to]) => from < to)).max(RANGES_MOST),
  /** The lesson was opened. */
  viewed: z.boolean().optional(),
})

export type ProgressReport = z.infer<typeof progressReport>

/** What the learner's page is told. */
export type ProgressAnswer = Readonly<{
  /** Percent of the course. */
  progress: number
  /** Lessons that this report completed. */
  newlyCompleted: readonly string[]
  courseCompleted: boolean
}>
