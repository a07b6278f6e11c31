import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadAsked } from '#lib/tutor/load-asked'
import { loadConversations } from '#lib/tutor/load-conversations'
import { loadPanel } from '#lib/tutor/load-panel'
import { forgetChats } from '#lib/tutor/forget'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { begin, beginNew, finish, freshKey, north, SCHOOL, write } from './tutor-support'

// What somebody asked is theirs to delete: its words, from everywhere; and a school may have no tutor at all.

const { owner } = await testDatabase()
const QUESTION = 'What turns light into sugar?'

const forget = (userId: string, chatId: string | null, courseId = 'bio') =>
  north((db) => forgetChats(db, { userId, courseId, chatId }))
const own = (userId: string, chat?: string) =>
  north((db) => loadConversations(db, { courseId: 'bio', userId, everyCourse: false, chat, school: SCHOOL }))
const words = async () => {
  const { rows } = await owner.query<{ all: string }>(
    `SELECT coalesce(string_agg(messages::text || coalesce(context::text, ''), ' '), '') AS all FROM "AIChat"`,
  )
  return rows[0]?.all ?? ''
}

async function ask(userId: string, question = QUESTION): Promise<string> {
  const asked = await beginNew({ userId, question })
  await finish(asked)
  return asked.chatId
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  const people = await makePeople(owner, 'north', 'ann', { count: 6 })
  for (const course of ['bio', 'art']) {
    await makeCourse(owner, 'north', course, { instructorId: 'tea0', modules: 1, lessons: 1 })
    await makeEnrollments(owner, 'north', course, people)
  }
  await write(owner, 'biom0l0', 'Leaves', 'Photosynthesis turns light into sugar in the leaves of plants.')
})

beforeEach(async () => {
  await owner.query('DELETE FROM "TutorQuestion"')
  await owner.query('DELETE FROM "AIChat"')
})

describe('a conversation', () => {
  test('that is deleted is gone from every view of its learner, once, and only that one', async () => {
    const [one, two] = [await ask('ann0', 'What turns light into sugar in a leaf?'), await ask('ann0')]
    expect(await forget('ann0', one)).toBe(1)
    expect(await forget('ann0', one)).toBe(0)
    expect((await own('ann0')).conversations.map(({ id }) => id)).toEqual([two])
    await expect(own('ann0', one)).rejects.toMatchObject({ code: 'not_found' })
    expect(await words()).not.toContain('in a leaf')
    const reader = { userId: 'ann0', everyCourse: false }
    const panel = await north((db) =>
      loadPanel(db, { courseId: 'bio', lessonId: 'biom0l0', reader, school: SCHOOL, chat: undefined }),
    )
    expect([panel.chatId, panel.conversations.length]).toEqual([two, 1])
  })

  test('stays what it is to somebody else, in another course, and while it is being answered', async () => {
    const chat = await ask('ann0')
    expect(await forget('ann1', chat)).toBe(0)
    expect(await forget('ann0', chat, 'art')).toBe(0)
    expect((await own('ann0')).conversations).toHaveLength(1)
    const open = await beginNew({ userId: 'ann0', question: 'And what is sugar?' })
    await expect(forget('ann0', open.chatId)).rejects.toMatchObject({ code: 'conflict' })
    // All at once: what can be deleted is, and what is being answered stays.
    expect(await forget('ann0', null)).toBe(1)
    await finish(open)
    expect((await own('ann0')).conversations.map(({ id }) => id)).toEqual([open.chatId])
    expect(await forget('ann0', null)).toBe(1)
    expect(await words()).not.toContain('sugar')
  })

  test('gives no question of the day back, and leaves a number and no word to whoever teaches', async () => {
    for (const n of [0, 1, 2, 3, 4]) await ask(`ann${n}`)
    const reader = { userId: 'ann0', everyCourse: false }
    const left = async () => {
      const panel = await north((db) =>
        loadPanel(db, { courseId: 'bio', lessonId: 'biom0l0', reader, school: SCHOOL, chat: 'new' }),
      )
      return panel.left
    }
    const before = await left()
    await forget('ann0', null)
    expect(await left()).toBe(before)
    for (const n of [1, 2, 3, 4]) await forget(`ann${n}`, null)
    const asked = await north((db) => loadAsked(db, { courseId: 'bio', days: 30 }))
    expect(asked).toMatchObject({ questions: 5, people: 5, words: true })
    expect(asked.groups).toMatchObject([{ lessonTitle: 'Leaves', count: 5, words: [] }])
  })

  test('is not gone on with, nor answered again from a question that was sent before', async () => {
    const key = freshKey()
    const asked = await beginNew({ userId: 'ann0', question: QUESTION, key })
    await finish(asked)
    await forget('ann0', asked.chatId)
    await expect(begin({ userId: 'ann0', question: QUESTION, key })).rejects.toMatchObject({
      code: 'not_found',
    })
    const next = await beginNew({ userId: 'ann0', question: 'What is sugar?', chatId: asked.chatId })
    expect(next.chatId).not.toBe(asked.chatId)
    await finish(next)
    expect((await own('ann0')).conversations.map(({ id }) => id)).toEqual([next.chatId])
  })

  test('goes with its learner when they are erased', async () => {
    await makePeople(owner, 'north', 'bea')
    await makeEnrollments(owner, 'north', 'bio', ['bea0'])
    await ask('bea0')
    await owner.query(`DELETE FROM "User" WHERE id = 'bea0'`)
    expect(await words()).toBe('')
  })
})

test('a school without a tutor answers nobody, whatever its courses say, and lets everybody read what they asked', async () => {
  const chat = await ask('ann0')
  const off = { ...SCHOOL, tutor: false }
  for (const userId of ['ann0', 'tea0'])
    await expect(begin({ userId, question: QUESTION, tutor: false })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'off',
    })
  const panel = await north((db) =>
    loadPanel(db, {
      ...{ courseId: 'bio', lessonId: 'biom0l0', chat: undefined, school: off },
      reader: { userId: 'ann0', everyCourse: false },
    }),
  )
  expect(panel.closed).toMatchObject({
    reason: 'off',
    text: expect.stringContaining('this school') as string,
  })
  expect((await own('ann0', chat)).open?.messages).toHaveLength(2)
})
