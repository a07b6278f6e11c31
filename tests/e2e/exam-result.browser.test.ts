import { beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { enterAs, examStudent, KEY_MARK, makeExam, type Person, QUESTIONS } from './exam-world'
import { cookieOf, signIn } from './sign-in'
import { violations } from './violations'

// A result shows its own learner what the exam's settings allow, and its page holds nothing else.

let who: Person

const ANSWERS = {
  qsingle: { type: 'single', choice: 'b' },
  qmultiple: { type: 'multiple', choices: ['a', 'c'] },
  qtruth: { type: 'true-false', value: true },
  qtext: { type: 'short-text', text: 'Paris' },
  qnumber: { type: 'numeric', text: '42.2', unit: 'km' },
  qmatch: {
    type: 'matching',
    pairs: [
      ['l1', 'r1'],
      ['l2', 'r3'],
    ],
  },
  qorder: { type: 'ordering', order: ['i1', 'i2', 'i3'] },
  qblanks: { type: 'blanks', texts: { b1: 'red', b2: '' } },
  qessay: { type: 'essay', text: 'Because the universe is young.' },
} as const

const POINTS = {
  qsingle: 2,
  qtruth: -0.25,
  qtext: 1,
  qnumber: 1,
  qmatch: 1,
  qorder: 2,
  qblanks: 1,
  qessay: 4,
} as const

/** An exam that was handed in and graded. @returns its addresses */
async function sat(review: object): Promise<{ examId: string; attemptId: string; path: string }> {
  const examId = await makeExam(who, 'A result', {
    settings: { review, passPercent: 50, negativePercent: 25 },
  })
  const attemptId = `${examId}a`
  const saved = Object.fromEntries(
    Object.entries(ANSWERS).map(([id, value]) => [
      id,
      { value, sequence: 1, savedAt: '2026-11-25T10:00:00.000Z' },
    ]),
  )
  await owner().query(
    `insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", number, counts, answers, score, "maxScore", "gradedVersionId", "gradedAt", "startedAt", "deadlineAt", "submittedAt", "endedBy")
     select $1, v."tenantId", v."examId", v.id, $3, 1, true, $4::jsonb, 11.75, 21, v.id, now(), now() - interval '2 hours', now() - interval '1 hour', now() - interval '90 minutes', 'LEARNER'
     from "ExamVersion" v where v."examId" = $2`,
    [attemptId, examId, who.userId, JSON.stringify({ version: 1, answers: saved })],
  )
  for (const { id, points } of QUESTIONS) {
    const given = Object.entries(POINTS).find(([key]) => key === id)?.[1] ?? 0
    await owner().query(
      `insert into "ExamMark" ("tenantId", "attemptId", "questionId", points, "maxPoints", "gradedAt", comment)
       values ($1, $2, $3, $4, $5, now(), $6)`,
      [
        who.tenantId,
        attemptId,
        id,
        given,
        points,
        id === 'qessay' ? 'A good start: say why youth matters.' : null,
      ],
    )
  }
  return { examId, attemptId, path: `/exams/${examId}/attempts/${attemptId}` }
}

async function html(path: string, userId = who.userId): Promise<{ status: number; text: string }> {
  const headers = cookieOf(await signIn(who.tenantId, userId))
  const answer = await ask({ host: hostOf('acme'), path, headers })
  return { status: answer.status, text: answer.body }
}

describe.runIf(CHROMIUM)('a result', () => {
  beforeAll(async () => {
    who = await examStudent()
  })

  test('with everything to be seen says what was right, and breaks no rule of accessibility', async () => {
    const { path, examId } = await sat({ key: true })
    for (const [width, dark] of [
      [360, false],
      [1440, true],
    ] as const) {
      const { page, context, complaints } = await visitor({ width, dark })
      await enterAs(context, who)
      await page.goto(urlOf('acme.localhost', path))
      await page.getByText('11.75 of 21').waitFor()
      await page.getByText('your choice, wrong').first().waitFor()
      await page.getByText(`Paris ${KEY_MARK}`).waitFor()
      await page.getByText('A good start: say why youth matters.').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      await picture(page, `exam-result-${width}`)
      await page.goto(urlOf('acme.localhost', `/exams/${examId}`))
      await page.getByRole('link', { name: 'See the result' }).waitFor()
      await picture(page, `exam-after-${width}`)
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  test.each([
    [
      'points alone',
      { score: true, answers: false, key: false },
      ['11.75 of 21'],
      ['Jupiter', 'universe is young'],
    ],
    [
      'answers alone',
      { score: false, answers: true, key: false },
      ['Jupiter', 'universe is young'],
      ['11.75', 'good start'],
    ],
    [
      'nothing before it is released',
      { when: 'after-release', key: true },
      ['once your instructor'],
      ['11.75', 'Jupiter'],
    ],
    [
      'nothing before it is closed',
      { when: 'after-close', key: true },
      ['closed for everybody'],
      ['11.75', 'Jupiter'],
    ],
    ['nothing, ever', { when: 'never', key: true }, ['aren’t shown'], ['11.75', 'Jupiter']],
  ])('shows %s, and its document holds no key', async (_what, review, shown, hidden) => {
    const { path } = await sat(review)
    const { status, text } = await html(path)
    expect(status).toBe(200)
    expect(shown.filter((words) => !text.includes(words))).toEqual([])
    expect([...hidden, KEY_MARK, 'Because of q'].filter((words) => text.includes(words))).toEqual([])
  })

  test('of somebody else, or under another exam’s address, is nowhere', async () => {
    const one = await sat({ key: true })
    const other = await sat({ key: true })
    const { rows } = await owner().query<{ id: string }>(
      `select e."userId" as id from "Enrollment" e join "User" u on u.id = e."userId" and u.role = 'STUDENT'
       where e."courseId" = $1 and e."userId" <> $2 limit 1`,
      [who.courseId, who.userId],
    )
    expect((await html(one.path, rows[0]?.id)).status).toBe(404)
    expect((await html(`/exams/${other.examId}/attempts/${one.attemptId}`)).status).toBe(404)
  })
})
