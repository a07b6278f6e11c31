import type { Pool } from 'pg'
import { patiently, type Patience, type TextModel } from '#lib/adapters/ai/model'
import type { LessonDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { withTenant } from '#lib/db/tenant'
import { answer } from '#lib/tutor/answer'
import { type Asked, type AskedAgain, beginAsking } from '#lib/tutor/ask'
import type { ChatMessage } from '#lib/tutor/contract'
import type { Line } from '#lib/tutor/contract/limits'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'

/** Asking the tutor in the school `north`, through the product's own use-cases. */

export const north = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', query)

export const SCHOOL = { plan: 'PRO', timeZone: 'UTC', locale: 'en', tutor: true } as const

/** Patience for tests that wait for it to end. */
const HASTE: Patience = { first: 400, between: 400, whole: 5_000 }

let keys = 0
export const freshKey = (): string => {
  keys += 1
  return `key-${String(keys).padStart(20, '0')}`
}

export type Question = Readonly<{
  question: string
  userId?: string
  everyCourse?: boolean
  courseId?: string
  lessonId?: string
  chatId?: string | null
  key?: string
  plan?: 'FREE' | 'PRO' | 'ENTERPRISE'
  hasModel?: boolean
  /** Whether the school has a tutor. */
  tutor?: boolean
}>

export function begin(asked: Question): Promise<Asked | AskedAgain> {
  const { question, userId = 'ann0', everyCourse = false, courseId = 'bio', lessonId = 'biom0l0' } = asked
  const { chatId = null, key = freshKey(), plan = 'PRO', hasModel = false, tutor = true } = asked
  return north((db) =>
    beginAsking(db, {
      ask: { courseId, lessonId, chatId, key, question },
      reader: { userId, everyCourse },
      school: { ...SCHOOL, plan, tutor },
      hasModel,
    }),
  )
}

/** A question that is asked for the first time. */
export async function beginNew(asked: Question): Promise<Asked> {
  const begun = await begin(asked)
  if ('message' in begun) throw new Error('It was asked before.')
  return begun
}

export type Answered = Readonly<{
  message: ChatMessage | null
  lines: readonly Line[]
  failures: number
  ms: number
}>

/** Answers what was begun, and gives all that a listener would have heard. */
export async function finish(
  asked: Asked,
  options: Readonly<{
    model?: TextModel | null
    patience?: Patience
    stopped?: AbortSignal
    hear?: (line: Line) => void
  }> = {},
): Promise<Answered> {
  const { model = null, patience = HASTE, stopped = new AbortController().signal, hear } = options
  const lines: Line[] = []
  let failures = 0
  const from = performance.now()
  const message = await answer(asked, {
    ...{ model, patience, stopped },
    emit: (line) => {
      lines.push(line)
      hear?.(line)
    },
    failed: () => {
      failures += 1
    },
  })
  return { message, lines, failures, ms: performance.now() - from }
}

const paragraph = (text: string) => ({
  type: 'paragraph' as const,
  content: [{ type: 'text' as const, text }],
})
const heading = (text: string) => ({
  ...{ type: 'heading' as const, attrs: { level: 2 as const } },
  content: [{ type: 'text' as const, text }],
})

export const documentOf = (...texts: readonly string[]): LessonDocument => ({
  type: 'doc',
  content: texts.map((text) => (text.startsWith('# ') ? heading(text.slice(2)) : paragraph(text))),
})

/** Gives a lesson its text, as the editor does. */
export async function write(
  owner: Pool,
  lessonId: string,
  title: string,
  ...texts: readonly string[]
): Promise<void> {
  const document = documentOf(...texts)
  await owner.query(`update "Lesson" set title = $2, content = $3, "contentText" = $4 where id = $1`, [
    ...[lessonId, title, JSON.stringify(document), plainText(document)],
  ])
}

/** All that came of a model, for tests of the adapter. */
export async function all(model: TextModel, patience = HASTE): Promise<string> {
  let text = ''
  const prompt = { instructions: 'Be brief.', messages: [{ role: 'user', text: 'Hello' }] as const }
  for await (const piece of patiently(model, prompt, { patience, stopped: new AbortController().signal }))
    text += piece
  return text
}

/** Two schools; in `north` a course `bio` of `tea0` with four lessons, two of them open, and `ann0` to `ann6` enrolled. */
export async function makeBiology(owner: Pool): Promise<void> {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 9 })
  await makePeople(owner, 'south', 'tom', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'bio', { instructorId: 'tea0', modules: 1, lessons: 4 })
  await makeCourse(owner, 'south', 'geo', { instructorId: 'tom0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'north', 'bio', ['ann0', 'ann1', 'ann2', 'ann3', 'ann4', 'ann5', 'ann6'])
  await write(
    owner,
    'biom0l0',
    'Leaves',
    'Photosynthesis turns light into sugar in the leaves of plants.',
    '# Cells',
    'Mitochondria burn the sugar again and give the cell its energy.',
  )
  await write(owner, 'biom0l1', 'Roots', 'Roots drink water and hold the plant in the ground.')
  await write(owner, 'biom0l2', 'Later', 'Chlorophyll, the green of leaves, catches the light for sugar.')
  await write(owner, 'biom0l3', 'After roots', 'Stomata let light-made sugar breathe.')
  await owner.query(`update "Lesson" set "releaseAt" = now() + interval '1 day' where id = 'biom0l2'`)
  await owner.query(`update "Lesson" set "releaseAfterId" = 'biom0l1' where id = 'biom0l3'`)
}
