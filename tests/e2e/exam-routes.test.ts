import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { makeQuestions } from '#tests/support/factories'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// The routes of the exam room, asked by those who may, and by those who may not quite.

const EXAM = 'e2eroutes'
const CODE = 'Three Owls'
const FILE = {
  ...{ type: 'file-upload', version: 1, id: 'Work', prompt: 'Hand it in.', points: 5, explanation: '' },
  ...{ accept: ['pdf', 'py'], maxBytes: 2_000 },
}

let world: World
type Who = 'student' | 'other' | 'stranger' | 'nobody'
const cookies: Record<Who, Record<string, string>> = { student: {}, other: {}, stranger: {}, nobody: {} }

function send(who: Who, path: string, body: unknown, host = hostOf('acme')): Promise<Answer> {
  const isFile = body instanceof Uint8Array
  return ask({
    ...{ host, path: `/api/exams/${path}`, method: 'POST' },
    headers: {
      ...cookies[who],
      'content-type': isFile ? 'application/octet-stream' : 'application/json',
    },
    body: isFile ? Buffer.from(body) : typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const dataOf = (answer: Answer) => JSON.parse(answer.body) as Record<string, unknown>
const reasonOf = (answer: Answer) => (dataOf(answer)['error'] as Record<string, unknown>)['reason']

async function start(who: Who): Promise<string> {
  const answer = await send(who, 'start', { examId: EXAM, accessCode: CODE })
  expect(answer.status).toBe(200)
  return String(dataOf(answer)['attemptId'])
}

const truth = (sequence: number) => ({
  ...{ questionId: 'q0', sequence, value: { type: 'true-false', value: true } },
})

beforeAll(async () => {
  world = await loadWorld()
  const { id: tenantId, studentId, otherStudentId } = world.acme
  const { courseId } = world.enrolled
  const questions = JSON.stringify([...makeQuestions(3), FILE])
  await owner().query(
    `insert into "Enrollment" ("tenantId", "courseId", "userId") values ($1, $2, $3) on conflict do nothing`,
    [tenantId, courseId, otherStudentId],
  )
  await owner().query(
    `insert into "Exam" (id, "tenantId", "courseId", title, duration, questions, "accessCode", settings, "publishedAt")
     values ($1, $2, $3, 'Routes', 30, $4::jsonb, $5, '{"attempts": null}', now())`,
    [EXAM, tenantId, courseId, questions, CODE],
  )
  await owner().query(
    `insert into "ExamVersion" ("tenantId", "examId", number, duration, questions, settings)
     values ($1, $2, 1, 30, $3::jsonb, '{"attempts": null}')`,
    [tenantId, EXAM, questions],
  )
  cookies.student = cookieOf(await signIn(tenantId, studentId))
  cookies.other = cookieOf(await signIn(tenantId, otherStudentId))
  cookies.stranger = cookieOf(await signIn(world.globex.id, world.globex.studentId))
})

afterAll(async () => {
  await owner().query(`delete from "StoredFile" where key like '%/private/exams/%'`)
  await owner().query(`delete from "ExamAttempt" where "examId" = $1`, [EXAM])
  await owner().query(`delete from "Exam" where id = $1`, [EXAM])
})

test('starting tells why it can’t be done, and never the code or a key', async () => {
  const without = await send('student', 'start', { examId: EXAM })
  expect([without.status, reasonOf(without)]).toEqual([422, 'code-needed'])
  const wrong = await send('student', 'start', { examId: EXAM, accessCode: 'two owls' })
  expect([wrong.status, reasonOf(wrong)]).toEqual([422, 'wrong-code'])
  await owner().query(`update "Exam" set "startDate" = now() + interval '1 hour' where id = $1`, [EXAM])
  const early = await send('student', 'start', { examId: EXAM, accessCode: CODE })
  expect([early.status, reasonOf(early)]).toEqual([409, 'not-open-yet'])
  await owner().query(`update "Exam" set "startDate" = null where id = $1`, [EXAM])
  const started = await send('student', 'start', { examId: EXAM, accessCode: CODE })
  const again = await send('student', 'start', { examId: EXAM })
  expect(dataOf(again)).toMatchObject({ attemptId: dataOf(started)['attemptId'], resumed: true })
  for (const { whole } of [without, wrong, early, started, again]) {
    expect(whole).not.toMatch(/owls|"correct"|"explanation"/i)
    expect(whole).toMatch(/no-store/i)
  }
})

test('a save is acknowledged, a hand-in is one however often it comes', async () => {
  const attemptId = await start('student')
  const request = { examId: EXAM, attemptId, answers: [truth(1)], events: [] }
  const saved = await send('student', 'save', request)
  expect(dataOf(saved)).toMatchObject({ answers: [{ outcome: 'saved' }], submittedAt: null })
  const submitted = await send('student', 'submit', request)
  expect(dataOf(submitted)).toMatchObject({ already: false, answers: [{ outcome: 'saved' }] })
  const repeated = await send('student', 'submit', request)
  expect(dataOf(repeated)).toEqual({ ...dataOf(submitted), already: true })
  const late = await send('student', 'save', { ...request, answers: [truth(2)] })
  expect(dataOf(late)).toMatchObject({ answers: [{ outcome: 'closed', stored: { sequence: 1 } }] })
  for (const { whole } of [saved, submitted, repeated, late]) expect(whole).not.toContain('"correct"')
})

describe('nobody reaches somebody else’s attempt', () => {
  const paths = ['save', 'submit', `file?examId=${EXAM}&questionId=Work&name=a.pdf&attemptId=`] as const
  test.each(paths)('%s', async (path) => {
    const attemptId = await start('student')
    const isFile = path.startsWith('file')
    const body = isFile ? Buffer.from('%PDF-1.7') : { examId: EXAM, attemptId, answers: [], events: [] }
    const address = isFile ? `${path}${attemptId}` : path
    expect((await send('other', address, body)).status).toBe(404)
    expect((await send('stranger', address, body)).status).toBe(401)
    expect((await send('stranger', address, body, hostOf('globex'))).status).toBe(404)
    expect((await send('nobody', address, body)).status).toBe(401)
  })

  test('nor an exam of a school or course that isn’t theirs', async () => {
    const body = { examId: EXAM, accessCode: CODE }
    expect((await send('stranger', 'start', body, hostOf('globex'))).status).toBe(404)
    expect((await send('student', 'start', { examId: 'none' })).status).toBe(404)
  })
})

test('what has another shape is refused before anything is done', async () => {
  const attemptId = await start('student')
  const good = { examId: EXAM, attemptId, answers: [], events: [] }
  for (const body of ['{', { ...good, more: 1 }, { ...good, answers: [{ ...truth(0) }] }, { examId: EXAM }])
    expect((await send('student', 'save', body)).status).toBe(422)
  const large = {
    ...good,
    answers: Array.from({ length: 30 }, () => ({
      ...truth(1),
      value: { type: 'essay', text: 'x'.repeat(99_000) },
    })),
  }
  expect((await send('student', 'save', large)).status).toBe(413)
})

describe('a file', () => {
  const file = (who: Who, attemptId: string, name: string, bytes: Buffer, questionId = 'Work') =>
    send(who, `file?${new URLSearchParams({ examId: EXAM, attemptId, questionId, name }).toString()}`, bytes)

  test('is taken for the very question and attempt, saved as its answer, and opened by its link', async () => {
    const attemptId = await start('student')
    const bytes = Buffer.from(`%PDF-1.7 ${'x'.repeat(1_000)}`)
    const taken = await file('student', attemptId, 'Mein Aufsatz (2).PDF', bytes)
    expect(taken.status).toBe(201)
    const { key, name, url } = dataOf(taken)
    expect(name).toBe('mein-aufsatz-2.pdf')
    const answer = { questionId: 'Work', sequence: 1, value: { type: 'file-upload', keys: [key] } }
    const request = { examId: EXAM, attemptId, answers: [answer], events: [] }
    expect(dataOf(await send('student', 'save', request))).toMatchObject({ answers: [{ outcome: 'saved' }] })
    const opened = await ask({ host: hostOf('acme'), path: String(url) })
    expect([opened.status, opened.body]).toEqual([200, bytes.toString()])
    expect(opened.headers['content-disposition']).toMatch(/^attachment/)
    expect((await ask({ host: hostOf('acme'), path: String(url).split('?')[0] ?? '' })).status).toBe(404)
    // Somebody else's file is no answer of one's own, nor is one that was never handed in.
    const other = await start('other')
    const theirs = { ...request, attemptId: other }
    expect(dataOf(await send('other', 'save', theirs))).toMatchObject({ answers: [{ outcome: 'unknown' }] })
    const made = String(key).replace(/[0-9a-f]{32}-/, `${'0'.repeat(32)}-`)
    const invented = {
      ...request,
      answers: [{ ...answer, sequence: 2, value: { type: 'file-upload', keys: [made] } }],
    }
    expect(dataOf(await send('student', 'save', invented))).toMatchObject({
      answers: [{ outcome: 'unknown' }],
    })
    const books = await owner().query(`select kind, bytes::int as bytes from "StoredFile" where key = $1`, [
      key,
    ])
    expect(books.rows).toEqual([{ kind: 'exam', bytes: bytes.byteLength }])
  })

  test('of another kind, content or size is refused with a reason, and nothing of it is kept', async () => {
    const attemptId = await start('student')
    const kept = async () =>
      (await owner().query(`select key from "StoredFile" where key like $1`, [`%/exams/${attemptId}/%`]))
        .rowCount
    const before = await kept()
    const pdf = Buffer.from('%PDF-1.7')
    const faults: [number, string, Promise<Answer>][] = [
      [422, 'type', file('student', attemptId, 'a.exe', pdf)],
      [422, 'type', file('student', attemptId, 'a.pdf', Buffer.from('<html>'))],
      [413, 'size', file('student', attemptId, 'a.pdf', Buffer.concat([pdf, Buffer.alloc(3_000)]))],
      [422, 'empty', file('student', attemptId, 'a.py', Buffer.alloc(0))],
    ]
    for (const [status, reason, asked] of faults) {
      const answer = await asked
      expect([answer.status, reasonOf(answer)]).toEqual([status, reason])
    }
    expect((await file('student', attemptId, 'a.pdf', pdf, 'q0')).status).toBe(404)
    expect(await kept()).toBe(before)
    await send('student', 'submit', { examId: EXAM, attemptId, answers: [], events: [] })
    const late = await file('student', attemptId, 'a.pdf', pdf)
    expect([late.status, reasonOf(late)]).toEqual([409, 'closed'])
  })
})
