import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { cookieOf, signIn } from './sign-in'
import { violations } from './violations'

// A grader works through essays by keyboard, releases, and regrades after a changed key; two graders lose nothing.

const HOST = 'acme.localhost'
const COURSE = 'examgradecourse'
const EXAM = 'examgradeexam'
const BASE = `/teach/courses/${COURSE}/exams/${EXAM}`

const truth = (id: string, prompt: string, correct: boolean) => ({
  ...{ type: 'true-false', version: 1, id, prompt, points: 1, explanation: '', correct },
})
const QUESTIONS = (q2: boolean) => [
  truth('q1', 'The Sun is a star.', true),
  truth('q2', 'Venus turns the other way round than the Earth.', q2),
  {
    ...{ type: 'essay', version: 1, id: 'essay', prompt: 'Why is the night sky dark?', points: 5 },
    ...{ explanation: 'Olbers’ paradox.', minWords: null, maxWords: null },
  },
]
const SETTINGS = {
  passPercent: 80,
  review: { when: 'after-release', score: true, answers: true, key: false },
}

async function remove(): Promise<void> {
  await owner().query(
    `delete from "AuditLog" where "targetId" = $1 or "targetId" like $1 || '%' or "targetId" = $2`,
    [EXAM, COURSE],
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function publish(number: number, q2: boolean): Promise<void> {
  const [questions, settings] = [JSON.stringify(QUESTIONS(q2)), JSON.stringify(SETTINGS)]
  await owner().query(`update "Exam" set questions = $2::jsonb, settings = $3::jsonb where id = $1`, [
    ...[EXAM, questions, settings],
  ])
  await owner().query(
    `insert into "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
     select x.id || 'v' || $2::text, x."tenantId", x.id, $2::int, 30, $3::jsonb, $4::jsonb from "Exam" x where x.id = $1`,
    [EXAM, number, questions, settings],
  )
}

const ESSAYS = [
  'The universe is young: light from far away has not reached us yet, and what has is stretched out of sight.',
  'Because stars sleep at night.',
]

/** The attempt of one learner, handed in: both truths answered `true`, and an essay. */
async function hand(place: number): Promise<void> {
  const answer = (value: object) => ({ value, sequence: 1, savedAt: '2026-11-25T10:00:00.000Z' })
  const answers = {
    q1: answer({ type: 'true-false', value: true }),
    q2: answer({ type: 'true-false', value: true }),
    essay: answer({ type: 'essay', text: ESSAYS[place] }),
  }
  await owner().query(
    `with learner as (select e."tenantId", e."userId" from "Enrollment" e where e."courseId" = $1 order by e.id offset $3::int limit 1),
     attempt as (insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", answers, "maxScore", "gradedVersionId",
         "startedAt", "deadlineAt", "submittedAt", "endedBy")
       select $2 || 'a' || $3::text, "tenantId", $2, $2 || 'v1', "userId", $4::jsonb, 7, $2 || 'v1', now() - interval '2 hours',
         now() - interval '1 hour', now() - interval '90 minutes' + $3::int * interval '1 minute', 'LEARNER' from learner returning id, "tenantId"),
     events as (insert into "ExamEvent" (id, "tenantId", "attemptId", key, kind, at, detail)
       select id || n, "tenantId", id, 'k' || n, (array['OPENED', 'FOCUS_LOST', 'FOCUS_BACK'])[n]::"ExamEventKind",
         now() - interval '100 minutes' + n * interval '20 seconds', case when n = 3 then '{"seconds":40}'::jsonb else '{}'::jsonb end
       from attempt, generate_series(1, 3) n)
     insert into "ExamMark" (id, "tenantId", "attemptId", "questionId", points, "maxPoints", "gradedAt")
       select id || q, "tenantId", id, q, p, m, case when p is not null then now() end
       from attempt, (values ('q1', 1, 1), ('q2', 0, 1), ('essay', null, 5)) v(q, p, m)`,
    [COURSE, EXAM, place, JSON.stringify({ version: 1, answers })],
  )
}

async function make(): Promise<void> {
  await owner().query(
    `with teacher as (select u.id, u."tenantId" from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme' and u.email = 'instructor@acme.test'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Night and day', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin' from teacher),
     learners as (select u.id, u."tenantId", row_number() over (order by u.email = 'student@acme.test' desc, u.id) as n
       from "User" u join teacher t on t."tenantId" = u."tenantId" where u.role = 'STUDENT' and u."deletedAt" is null limit 3),
     seats as (insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e' || n, "tenantId", $1, id from learners)
     insert into "Exam" (id, "tenantId", "courseId", title, duration, questions, "publishedAt")
       select $2, "tenantId", $1, 'Why is it dark at night?', 30, '[]', now() - interval '1 day' from teacher`,
    [COURSE, EXAM],
  )
  await publish(1, false)
  await hand(0)
  await hand(1)
}

type Stored = {
  score: string | null
  graded: boolean
  points: string | null
  byHand: boolean
  comment: string | null
}

async function stored(place: number, question = 'essay'): Promise<Stored> {
  const { rows } = await owner().query<Stored>(
    `select a.score::float8::text as score, a."gradedAt" is not null as graded, m.points::float8::text as points, m."byHand", m.comment
     from "ExamAttempt" a join "ExamMark" m on m."attemptId" = a.id and m."questionId" = $2 where a.id = $1`,
    [`${EXAM}a${String(place)}`, question],
  )
  if (rows[0] === undefined) throw new Error('There is no such attempt.')
  return rows[0]
}

async function grader(width = 1440, dark = false): Promise<Visitor> {
  const made = await visitor({ width, dark })
  await enter(made.context, 'instructor')
  return made
}

const open = (page: Page, path: string) =>
  page.goto(urlOf(HOST, `${BASE}${path}`), { waitUntil: 'networkidle' })

/** Ends with the page that follows. */
async function saveByKey(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Control+Enter')])
  await page.waitForLoadState('networkidle')
}

describe.runIf(CHROMIUM)('grading an exam', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('goes through the essays by keyboard, and both attempts have their points', async () => {
    const { context, page, complaints } = await grader()
    await open(page, '/attempts')
    await page.getByText('1 question waits').first().waitFor()
    await picture(page, 'exam-grade-1-attempts')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: /Why is the night sky dark/ }).click()
    await page.waitForLoadState('networkidle')
    await page.getByText('0 of 2 graded').waitFor()
    await picture(page, 'exam-grade-2-pile')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('4')
    await page.keyboard.type('.5')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Clear and right.')
    await saveByKey(page)
    await page.getByText('1 of 2 graded').waitFor()
    await page.getByText(ESSAYS[1] ?? '').waitFor()
    await page.keyboard.press('0')
    await saveByKey(page)
    await page.getByText('Nothing waits here').waitFor()
    expect(await stored(0)).toMatchObject({ score: '5.5', points: '4.5', comment: 'Clear and right.' })
    expect(await stored(1)).toMatchObject({ score: '1', graded: true, byHand: true })
    expect(complaints).toEqual([])
    await context.close()
  })

  test('of two graders shows the second what the first gave, and keeps what was typed', async () => {
    const { context, page } = await grader()
    await open(page, `/attempts/${EXAM}a1`)
    await picture(page, 'exam-grade-3-attempt')
    expect(await violations(page)).toEqual([])
    const form = page.locator('[data-mark=essay]')
    await form.getByLabel('Points').fill('2')
    await owner().query(
      `update "ExamMark" set points = 1, comment = 'A joke, but a good one.', "updatedAt" = "updatedAt" + interval '1 second' where id = $1`,
      [`${EXAM}a1essay`],
    )
    await page.keyboard.press('Control+Enter')
    await form.getByText('A joke, but a good one.').waitFor()
    expect(await form.getByLabel('Points').inputValue()).toBe('2')
    expect(await stored(1)).toMatchObject({ points: '1' })
    await picture(page, 'exam-grade-4-conflict')
    expect(await violations(page)).toEqual([])
    await Promise.all([
      page.waitForEvent('framenavigated'),
      form.getByRole('button', { name: 'Save mine over it' }).click(),
    ])
    await page.getByText('Question 3 is saved.').waitFor()
    expect(await stored(1)).toMatchObject({ points: '2', score: '3' })
    await context.close()
  })

  test('releases the results, and takes that back', async () => {
    const { context, page } = await grader()
    const released = async () =>
      (
        await owner().query<{ at: Date | null }>(`select "releasedAt" as at from "Exam" where id = $1`, [
          EXAM,
        ])
      ).rows[0]?.at ?? null
    await open(page, '/attempts')
    await page.getByRole('button', { name: 'Release results' }).click()
    await page.getByText('All who sat the exam see them at once').waitFor()
    await picture(page, 'exam-grade-5-release')
    await page.getByRole('dialog').getByRole('button', { name: 'Release results' }).click()
    await page.getByText('The results are released.').waitFor()
    expect(await released()).not.toBeNull()
    await page.getByRole('button', { name: 'Take the release back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take the release back' }).click()
    await page.getByText('The release was taken back.').waitFor()
    expect(await released()).toBeNull()
    await context.close()
  })

  test('previews a regrade after a changed key, applies it, and leaves the essays', async () => {
    await publish(2, true)
    const { context, page } = await grader()
    await open(page, '/attempts')
    await page.getByRole('link', { name: 'Preview the regrade' }).waitFor()
    await open(page, '/publish')
    await page.getByRole('link', { name: 'Preview the regrade' }).click()
    await page.getByText('Question 2: 0 of 1 → 1 of 1').first().waitFor()
    await page.getByText('passes now').waitFor()
    await picture(page, 'exam-grade-6-regrade')
    expect(await violations(page)).toEqual([])
    expect(await stored(0, 'q2')).toMatchObject({ points: '0', score: '5.5' })
    await page.getByRole('button', { name: 'Apply the regrade' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Apply the regrade' }).click()
    await page.getByText('The newest keys gave the points.').waitFor()
    expect(await stored(0, 'q2')).toMatchObject({ points: '1', score: '6.5', byHand: false })
    expect(await stored(0)).toMatchObject({ points: '4.5', byHand: true })
    await context.close()
  })

  test('gives its files to those who may, and to nobody else', async () => {
    const { rows } = await owner().query<{ tenant: string; id: string }>(
      `select u."tenantId" as tenant, u.id from "User" u join "Course" c on c."instructorId" = u.id where c.id = $1`,
      [COURSE],
    )
    const headers = cookieOf(await signIn(rows[0]?.tenant ?? '', rows[0]?.id ?? ''))
    const host = hostOf('acme')
    for (const file of ['results', 'analysis']) {
      const path = (course: string) => `/api/exams/${file}?courseId=${course}&examId=${EXAM}`
      expect((await ask({ host, path: path(COURSE) })).status).toBe(401)
      expect((await ask({ host, path: path('nobodys'), headers })).status).toBe(404)
      const answer = await ask({ host, path: path(COURSE), headers })
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    }
  })

  const SCREENS = [
    [360, true],
    [1440, false],
  ] as const
  test.each(SCREENS.filter((_screen, place) => isDue(place, SCREENS.length)))(
    'at %i px, dark %s, its pages break no rule and no line',
    async (width, dark) => {
      const { context, page, complaints } = await grader(width, dark)
      const faults: string[] = []
      for (const [name, path] of [
        ['attempts', '/attempts'],
        ['idle', '/attempts?state=none'],
        ['attempt', `/attempts/${EXAM}a0`],
        ['pile', '/grade/essay?show=all&names=hidden'],
        ['regrade', '/regrade'],
        ['analysis', '/analysis'],
      ] as const) {
        await open(page, path)
        faults.push(...(await violations(page)).map((text) => `${name}: ${text}`))
        const wider = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        if (wider > 0) faults.push(`${name}: ${String(wider)} px wider than the screen`)
        await picture(page, `exam-grade-7-${name}-${String(width)}`)
      }
      expect(faults).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})
