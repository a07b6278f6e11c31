import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { untilTrue, urlOf } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { SESSION_COOKIE, signIn } from './sign-in'

/** An exam with a question of each type, made straight in the tables, for the demo world's student to sit. */

const part = (id: string, text: string) => ({ id, text })
const common = (id: string, prompt: string, points = 1) => ({
  ...{ version: 1, id, prompt, points },
  explanation: `Because of ${id}.`,
})

/** Stands in keys only: nothing that a learner gets before may have it in it. */
export const KEY_MARK = 'nobodysees'

export const QUESTIONS = [
  {
    ...common('qsingle', 'Which planet is the largest?', 2),
    ...{
      type: 'single',
      correct: 'b',
      options: [part('a', 'Mars'), part('b', 'Jupiter'), part('c', 'Venus')],
    },
  },
  {
    ...common('qmultiple', 'Which of these are prime?', 2),
    ...{ type: 'multiple', correct: ['a', 'b'], partialCredit: true },
    options: [part('a', 'Two'), part('b', 'Three'), part('c', 'Four')],
  },
  { ...common('qtruth', 'Is the Moon a star?'), type: 'true-false', correct: false },
  {
    ...common('qtext', 'What is the capital of France?'),
    ...{ type: 'short-text', caseSensitive: false, accentSensitive: false },
    accept: [{ kind: 'exact', value: `Paris ${KEY_MARK}` }],
  },
  {
    ...common('qnumber', 'How far is it?'),
    ...{ type: 'numeric', correct: 42.195, tolerance: { kind: 'absolute', value: 0.01 }, unit: 'km' },
  },
  {
    ...common('qmatch', 'Match the words.', 2),
    type: 'matching',
    left: [part('l1', 'Dog'), part('l2', 'Cat')],
    right: [part('r1', 'Barks'), part('r2', 'Purrs'), part('r3', 'Sings')],
    pairs: [
      ['l1', 'r1'],
      ['l2', 'r2'],
    ],
  },
  {
    ...common('qorder', 'From small to large.', 2),
    ...{ type: 'ordering', correct: ['i1', 'i2', 'i3'] },
    items: [part('i1', 'Mouse'), part('i2', 'Horse'), part('i3', 'Whale')],
  },
  {
    ...common('qblanks', 'Complete the rhyme.', 2),
    ...{ type: 'blanks', text: 'Roses are {{b1}}, violets are {{b2}}.' },
    blanks: [
      { id: 'b1', accept: [`red ${KEY_MARK}`], caseSensitive: false },
      { id: 'b2', accept: ['blue'], caseSensitive: false },
    ],
  },
  { ...common('qessay', 'Why is the sky dark at night?', 5), type: 'essay', minWords: 3, maxWords: 200 },
  {
    ...common('qfile', 'Hand in your drawing.', 3),
    ...{ type: 'file-upload', accept: ['png', 'txt', 'pdf'], maxBytes: 1_000_000 },
  },
] as const

export type Person = Readonly<{ tenantId: string; userId: string; courseId: string }>

/** The demo world's student in a published course. */
export async function examStudent(): Promise<Person> {
  const { rows } = await owner().query<Person>(
    `select u."tenantId", u.id as "userId", c.id as "courseId" from "User" u
       join "Enrollment" e on e."userId" = u.id join "Course" c on c.id = e."courseId" and c.status = 'PUBLISHED'
       join "Tenant" t on t.id = u."tenantId" and t.subdomain = 'acme'
     where u.email = 'student@acme.test' order by c.id limit 1`,
  )
  const [found] = rows
  if (found === undefined) throw new Error('The demo world has no enrolled student.')
  return found
}

type Shape = Readonly<{
  questions?: readonly object[]
  /** Minutes. */
  duration?: number
  settings?: object
  accessCode?: string | null
  instructions?: string | null
  /** SQL of instants. */
  startDate?: string
  endDate?: string
}>

let made = 0

/** A published exam. @returns its id */
export async function makeExam(
  { tenantId, courseId }: Person,
  title: string,
  shape: Shape = {},
): Promise<string> {
  made += 1
  const id = `roomexam${process.pid}n${made}`
  const { questions = QUESTIONS, duration = 40, settings = {}, startDate = 'null', endDate = 'null' } = shape
  const { accessCode = null, instructions = null } = shape
  const [json, rules] = [JSON.stringify(questions), JSON.stringify(settings)]
  await owner().query(
    `insert into "Exam" (id, "tenantId", "courseId", title, duration, questions, settings, "accessCode", instructions, "publishedAt", "startDate", "endDate")
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, now() - interval '1 day', ${startDate}, ${endDate})`,
    [id, tenantId, courseId, title, duration, json, rules, accessCode, instructions],
  )
  await owner().query(
    `insert into "ExamVersion" ("tenantId", "examId", number, duration, questions, settings) values ($1, $2, 1, $3, $4::jsonb, $5::jsonb)`,
    [tenantId, id, duration, json, rules],
  )
  return id
}

export type Held = Readonly<Record<string, Readonly<{ value: unknown; sequence: number }>>>

/** What the server holds of a person's newest attempt. */
export async function held(examId: string, userId: string): Promise<Held> {
  const { rows } = await owner().query<{ questionId: string; value: unknown; sequence: number }>(
    `select s."questionId", s.value, s.sequence from "ExamAnswer" s where s."attemptId" = (
       select id from "ExamAttempt" where "examId" = $1 and "userId" = $2 order by number desc limit 1)`,
    [examId, userId],
  )
  return Object.fromEntries(rows.map(({ questionId, value, sequence }) => [questionId, { value, sequence }]))
}

export type AttemptState = Readonly<{
  id: string
  submittedAt: Date | null
  deadlineAt: Date
  endedBy: string | null
  answers: unknown
}>

/** A person's newest attempt. */
export async function attemptOf(examId: string, userId: string): Promise<AttemptState> {
  const { rows } = await owner().query<AttemptState>(
    `select id, "submittedAt", "deadlineAt", "endedBy", answers from "ExamAttempt" where "examId" = $1 and "userId" = $2 order by number desc limit 1`,
    [examId, userId],
  )
  const [found] = rows
  if (found === undefined) throw new Error('There is no attempt.')
  return found
}

export async function kindsOfEvents(attemptId: string): Promise<string[]> {
  const { rows } = await owner().query<{ kind: string }>(
    `select kind::text from "ExamEvent" where "attemptId" = $1 order by at, kind`,
    [attemptId],
  )
  return rows.map(({ kind }) => kind)
}

/** Moves a running attempt's deadline: the server's word, which the room hears with its next request. */
export async function setDeadline(attemptId: string, seconds: number): Promise<void> {
  await owner().query(
    `update "ExamAttempt" set "deadlineAt" = date_trunc('milliseconds', now()) + $2 * interval '1 second' where id = $1`,
    [attemptId, seconds],
  )
}

/** Waits for what the database comes to know. */
export async function eventually<T>(
  ask: () => Promise<T>,
  good: (value: T) => boolean,
  seconds = 20,
): Promise<T> {
  let last = await ask()
  for (let tries = 0; tries < seconds * 10 && !good(last); tries += 1) {
    await sleep(100)
    last = await ask()
  }
  return last
}

export async function enterAs(context: BrowserContext, { tenantId, userId }: Person): Promise<void> {
  const value = await signIn(tenantId, userId)
  await context.addCookies([
    { name: SESSION_COOKIE, value, url: urlOf('acme.localhost'), httpOnly: true, sameSite: 'Lax' },
  ])
}

/** Opens an exam's page and goes into the room. */
export async function startExam(page: Page, examId: string): Promise<void> {
  await page.goto(urlOf('acme.localhost', `/exams/${examId}`))
  await pressStart(page)
  await page.locator('[data-exam-room] #question-heading').waitFor()
}

/** Presses the one button of the page, once its script listens. */
export async function pressStart(page: Page): Promise<void> {
  await untilTrue(
    page,
    `(() => { const form = document.querySelector('main form'); return form !== null && Object.keys(form).some((key) => key.startsWith('__reactProps')) })()`,
  )
  await page.locator('main form button[type=submit]').click()
}

/** Goes to a question by its number, through the overview. */
export async function goTo(page: Page, number: number): Promise<void> {
  await page.locator('[data-room-key=overview]').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^Question ${number},`) })
    .click()
  await page.getByRole('heading', { name: `Question ${number} of` }).waitFor()
}

export const saved = (page: Page) => page.locator('[data-save-state=saved]').waitFor()
