import { z } from 'zod'

/** What is looked at in a piece of work, and by which levels; as it is stored and as it was given. */

const CRITERIA_MOST = 20
const LEVELS_MOST = 10
const COMMENT_MAX = 2_000

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u)
const points = z.string().regex(/^\d{1,5}(?:\.\d{1,2})?$/)

const level = z.strictObject({ id, title: line(100), points, description: z.string().trim().max(500) })
const criterion = z.strictObject({ id, title: line(200), levels: z.array(level).min(1).max(LEVELS_MOST) })

/** `Assignment.rubric`. Empty: there is none. */
export const rubricSchema = z.array(criterion).max(CRITERIA_MOST)
export type Rubric = z.infer<typeof rubricSchema>
export type Criterion = Rubric[number]

const mark = z.strictObject({
  criterionId: id,
  /** The words and points of when it was given: the rubric may change, this may not. */
  title: z.string(),
  most: points,
  levelId: id.nullable(),
  level: z.string(),
  points,
  comment: z.string(),
})

/** `Submission.marks`. */
export const marksSchema = z.array(mark).max(CRITERIA_MOST)
export type Marks = z.infer<typeof marksSchema>

/** What the form of grading sends: a level and a comment for each criterion. */
export const choicesSchema = z
  .array(
    z.strictObject({
      criterionId: id,
      levelId: id.nullable(),
      comment: z
        .string()
        .trim()
        .max(COMMENT_MAX)
        .transform((text) => text.replace(/\r\n?/g, '\n')),
    }),
  )
  .max(CRITERIA_MOST)
export type Choices = z.infer<typeof choicesSchema>

/** The rubric as a JSON text, and what it was typed over. */
export const rubricForm = z.strictObject({
  courseId: id,
  assignmentId: id,
  base: z.string().max(100_000),
  rubric: z.string().max(100_000),
})
