import { beforeAll, describe, expect, test } from 'vitest'
import { stemsOf } from '#lib/db/queries/tutor-material'
import { withTenant } from '#lib/db/tenant'
import { gather, type Material } from '#lib/tutor/gather'
import { testDatabase } from '#tests/support/database'
import { makeCourseWorld } from './course-world'
import { HELD_OUT } from './held-out'
import { type Asked, OFF_TOPIC, QUESTIONS } from './questions'

// The tutor finds the passage that answers a question, and knows when there is none.

const { owner } = await testDatabase()
let ids: ReadonlyMap<string, string>

const reader = { userId: 'ann0', everyCourse: false }

async function find(course: string, question: string, lesson?: string): Promise<Material> {
  const courseId = ids.get(course) ?? ''
  const lessonId = lesson === undefined ? `${courseId}m0l0` : (ids.get(`${course}/${lesson}`) ?? '')
  return withTenant('north', async (db) => {
    const [stems = []] = await stemsOf(db, [question])
    return gather(db, { courseId, lessonId, reader, stems, before: [] })
  })
}

beforeAll(async () => {
  ids = await makeCourseWorld(owner)
})

/** The share of questions whose passage is among the first five, and the others with what was found. */
async function recallOf(questions: readonly Asked[]): Promise<{ recall: number; missed: string }> {
  const missed: string[] = []
  for (const [course, lesson, words, question] of questions) {
    const { passages } = await find(course, question)
    const lessonId = ids.get(`${course}/${lesson}`)
    expect(lessonId, lesson).toBeDefined()
    const place = passages
      .slice(0, 5)
      .findIndex((passage) => passage.lessonId === lessonId && words.test(passage.text))
    if (place < 0)
      missed.push(`${question} → ${passages.map((one) => `${one.lessonTitle}/${one.heading}`).join(' | ')}`)
  }
  return { recall: 1 - missed.length / questions.length, missed: missed.join('\n') }
}

describe('retrieval', () => {
  test('has the passage that answers among the first five for at least four of five questions', async () => {
    const { recall, missed } = await recallOf(QUESTIONS)
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(40)
    expect(recall, missed).toBeGreaterThanOrEqual(0.8)
  })

  test('has it as often for questions that it was not tuned on', async () => {
    const { recall, missed } = await recallOf(HELD_OUT)
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(30)
    process.stdout.write(
      `recall@5 of ${HELD_OUT.length} held-out questions: ${recall.toFixed(2)}\n${missed}\n`,
    )
    expect(recall, missed).toBeGreaterThanOrEqual(0.8)
  })

  test('finds nothing where the course says nothing', async () => {
    const answered: string[] = []
    for (const [course, question] of OFF_TOPIC) {
      const { passages } = await find(course, question)
      if (passages.length > 0) answered.push(`${question} → ${passages[0]?.lessonTitle ?? ''}`)
    }
    expect(answered.length).toBeLessThanOrEqual(1)
  })
})
