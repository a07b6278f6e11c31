import { beforeAll, describe, expect, test } from 'vitest'
import { changeSettings } from '#lib/tutor/change-settings'
import { settingsForm } from '#lib/tutor/contract'
import { loadAsked } from '#lib/tutor/load-asked'
import { loadConversations } from '#lib/tutor/load-conversations'
import { loadPanel } from '#lib/tutor/load-panel'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from '../statements'
import { beginNew, finish, north, SCHOOL, write } from './tutor-support'

// What a teacher sees of what is asked, and sets; what a learner finds of their own.

const { owner } = await testDatabase()
const by = { userId: 'tea0', everyCourse: false }
const asked = () => north((db) => loadAsked(db, { courseId: 'bio', days: 30 }))

const change = (fields: Readonly<Record<string, string>>, who = by) => {
  const form = settingsForm.parse({ courseId: 'bio', base: '{}', manner: 'explain', topics: '', ...fields })
  return north((db) => changeSettings(db, { form, by: who }))
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 7 })
  await owner.query(`update "User" set name = 'Berta Brecht' where id = 'ann4'`)
  await makeCourse(owner, 'north', 'bio', { instructorId: 'tea0', modules: 1, lessons: 2 })
  await makeEnrollments(owner, 'north', 'bio', ['ann0', 'ann1', 'ann2', 'ann3', 'ann4', 'ann5'])
  await write(
    owner,
    'biom0l0',
    'Leaves',
    '# Light',
    'Photosynthesis turns light into sugar in the leaves of plants.',
  )
  await write(owner, 'biom0l1', 'Roots', 'Roots drink water and hold the plant in the ground.')
})

const question = async (userId: string, text: string) => finish(await beginNew({ userId, question: text }))

describe('what is asked', () => {
  test('is numbers alone until five people have asked; then words, by place, and never a name', async () => {
    expect(await asked()).toMatchObject({ questions: 0, people: null, words: false, groups: [] })
    for (const n of [0, 1, 2, 3]) await question(`ann${String(n)}`, 'What turns light into sugar?')
    await question('ann0', 'Who won the football cup?')
    // Whoever teaches tries it out: that is no learner's question.
    await question('tea0', 'What do roots drink?')
    const few = await asked()
    expect(few).toMatchObject({ questions: 5, nothing: 1, people: null, words: false })
    expect(few.groups.map(({ kind, heading, count, words }) => [kind, heading, count, words])).toEqual([
      ['about', 'Light', 4, []],
      ['nothing', null, 1, []],
    ])
    expect(JSON.stringify(few)).not.toContain('sugar')
    await question('ann4', 'I am Berta Brecht: what turns light into sugar?')
    const many = await asked()
    expect(many).toMatchObject({ questions: 6, people: 5, words: true })
    expect(many.groups[0]).toMatchObject({ lessonTitle: 'Leaves', count: 5, people: 5, more: 3 })
    expect(many.groups[0]?.words).toEqual([
      'I am … …: what turns light into sugar?',
      'What turns light into sugar?',
    ])
    for (const secret of ['Berta', 'Person', 'ann'])
      expect(JSON.stringify(many)).not.toMatch(new RegExp(`\\b${secret}`, 'u'))
  })

  test('is no other school’s', async () => {
    await expect(
      withTenant('south', (db) => loadAsked(db, { courseId: 'bio', days: 30 })),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the settings', () => {
  test('are whoever’s who teaches the course, and two editors don’t overwrite each other', async () => {
    await expect(change({}, { userId: 'tea1', everyCourse: false })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await change({ on: 'on' })).toBeNull()
    const changed = await change({ on: 'on', manner: 'socratic', topics: 'Exam\nMarks' })
    expect(changed?.after).toEqual({
      on: true,
      manner: 'socratic',
      topics: ['Exam', 'Marks'],
      openExams: false,
    })
    await expect(change({ manner: 'hints' })).rejects.toMatchObject({ code: 'conflict' })
    const { base } = await asked()
    expect((await change({ base, on: 'on' }))?.before.manner).toBe('socratic')
    await expect(change({ base: 'nothing' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('decide how the tutor quotes: hints are short, asking back ends in a question', async () => {
    const manner = async (name: string) => {
      await owner.query(`update "Course" set tutor = $1 where id = 'bio'`, [JSON.stringify({ manner: name })])
      return (await question('ann5', 'What turns light into sugar?')).message?.text ?? ''
    }
    expect(await manner('explain')).toMatch(/^This is what the course says/u)
    expect(await manner('hints')).toMatch(/^Have a look here/u)
    expect(await manner('socratic')).toMatch(/your own words, and tell me\.$/u)
  })
})

describe('pages', () => {
  test('ask as many statements for a thousand questions as for ten', async () => {
    const reader = { userId: 'ann0', everyCourse: false }
    const load = async () => ({
      asked: (await statementsOf(() => asked())).length,
      panel: (
        await statementsOf(() =>
          north((db) =>
            loadPanel(db, { courseId: 'bio', lessonId: 'biom0l0', reader, school: SCHOOL, chat: undefined }),
          ),
        )
      ).length,
      own: (
        await statementsOf(() =>
          north((db) =>
            loadConversations(db, { courseId: 'bio', ...reader, chat: undefined, school: SCHOOL }),
          ),
        )
      ).length,
    })
    const few = await load()
    await owner.query(
      `with chats as (
         insert into "AIChat" (id, "tenantId", "userId", "courseId", "lessonId", messages)
         select 'many' || n, 'north', 'ann' || n % 6, 'bio', 'biom0l0',
           '[{"version": 1, "role": "user", "text": "Why?", "at": "2026-01-01T00:00:00Z"}]' from generate_series(1, 1000) n returning id, "userId")
       insert into "TutorQuestion" ("tenantId", "userId", "chatId", "courseId", "lessonId", key, place, outcome, "answeredAt")
       select 'north', "userId", id, 'bio', 'biom0l0', id, 0, 'QUOTED', now() from chats`,
    )
    expect(await load()).toEqual(few)
    for (const count of Object.values(few)) expect(count).toBeLessThanOrEqual(6)
    expect((await asked()).questions).toBeGreaterThan(1_000)
  })
})
