import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Line } from '#lib/tutor/contract/limits'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { contentOfTables, owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'
import { withoutExams } from './tutor-world'

// The tutor's routes, asked by those who may, and by those who may not quite.

let world: World
type Who = 'student' | 'instructor' | 'stranger' | 'nobody'
const cookies: Record<Who, Record<string, string>> = { student: {}, instructor: {}, stranger: {}, nobody: {} }

/** A course of the student's whose exams don't close the tutor. */
let open: Readonly<{ courseId: string; lessonId: string; title: string }>
let keys = 0

const send = (who: Who, path: string, body: unknown, host = hostOf('acme')): Promise<Answer> =>
  ask({
    ...{ host, path: `/api/tutor/${path}`, method: 'POST' },
    headers: { ...cookies[who], 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const panel = (who: Who, of: Readonly<{ courseId: string; lessonId: string }>, query = ''): Promise<Answer> =>
  ask({
    ...{ host: hostOf('acme'), path: `/api/tutor/panel/${of.courseId}/${of.lessonId}${query}` },
    headers: cookies[who],
  })

function question(more: Readonly<Record<string, unknown>> = {}) {
  keys += 1
  const { courseId, lessonId, title } = open
  return {
    ...{ courseId, lessonId, chatId: null, key: `e2e-${String(keys).padStart(20, '0')}` },
    question: `What does the course say about ${title}?`,
    ...more,
  }
}

const linesOf = ({ body }: Answer): Line[] =>
  body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const errorOf = (answer: Answer) =>
  (JSON.parse(answer.body) as { error: { code: string; reason?: string } }).error

beforeAll(async () => {
  world = await loadWorld()
  const { id: tenantId, studentId, instructorId } = world.acme
  const { rows } = await owner().query<typeof open>(
    `select c.id as "courseId", l.id as "lessonId", l.title from "Course" c join "Module" m on m."courseId" = c.id
       join "Lesson" l on l."moduleId" = m.id join "Enrollment" e on e."courseId" = c.id and e."userId" = $2
     where c."tenantId" = $1 and c.title = 'SQL for curious people' order by m."order", l."order" limit 1`,
    [tenantId, studentId],
  )
  if (rows[0] === undefined) throw new Error('The demo world lacks the course of this test.')
  open = rows[0]
  await withoutExams(open.courseId)
  cookies.student = cookieOf(await signIn(tenantId, studentId))
  cookies.instructor = cookieOf(await signIn(tenantId, instructorId))
  cookies.stranger = cookieOf(await signIn(world.globex.id, world.globex.studentId))
})

afterAll(async () => {
  await owner().query(
    `delete from "AIChat" h using "TutorQuestion" q where q."chatId" = h.id and q.key like 'e2e-%'`,
  )
})

describe('a question', () => {
  test('is answered line by line, kept, and asked once', async () => {
    const body = question()
    const answer = await send('student', 'ask', body)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    expect(answer.headers['cache-control']).toContain('no-store')
    const lines = linesOf(answer)
    expect(lines[0]?.type).toBe('begun')
    expect(lines.at(-1)).toMatchObject({ type: 'done', message: { role: 'assistant', source: 'passages' } })
    const again = linesOf(await send('student', 'ask', body))
    expect(again.map(({ type }) => type)).toEqual(['begun', 'done'])
    const { rows } = await owner().query('select from "TutorQuestion" where key = $1', [body.key])
    expect(rows).toHaveLength(1)
  })

  test('whose asker leaves at once is answered and kept all the same', async () => {
    const body = JSON.stringify(question())
    await new Promise<void>((resolve, reject) => {
      const asked = request(
        {
          ...{ host: '127.0.0.1', port: inject('served').port, path: '/api/tutor/ask', method: 'POST' },
          headers: {
            ...{ host: hostOf('acme'), 'content-type': 'application/json', ...cookies.student },
            'content-length': String(Buffer.byteLength(body)),
          },
        },
        (response) => {
          response.destroy()
          resolve()
        },
      )
      asked.once('error', reject)
      asked.end(body)
    })
    const { key } = JSON.parse(body) as { key: string }
    await expect
      .poll(async () => {
        const { rows } = await owner().query<{ outcome: string | null }>(
          `select outcome from "TutorQuestion" where key = $1`,
          [key],
        )
        return rows[0]
      })
      .toMatchObject({ outcome: 'QUOTED' })
  })

  type Elsewhere = 'unenrolled' | 'foreign' | 'crossed'
  type Case = [what: string, who: Who, status: number, more: Elsewhere | Readonly<Record<string, unknown>>]

  test.each<Case>([
    ['of nobody', 'nobody', 401, {}],
    ['of somebody of another school', 'stranger', 401, {}],
    ['beside a lesson of a course that they aren’t in', 'student', 404, 'unenrolled'],
    ['beside a lesson of another school', 'student', 404, 'foreign'],
    ['beside a lesson under another course’s address', 'student', 404, 'crossed'],
    ['in somebody else’s conversation', 'student', 404, { chatId: 'nothing' }],
    ['without words', 'student', 422, { question: ' ' }],
    ['that is too long', 'student', 422, { question: 'x'.repeat(1_001) }],
    ['with a key that isn’t one', 'student', 422, { key: 'x' }],
    ['with more in it', 'student', 422, { userId: 'me', role: 'ADMIN' }],
  ])('%s is refused with a status, and changes nothing', async (_what, who, status, more) => {
    const { unenrolled, globex } = world
    const places = {
      unenrolled,
      foreign: { courseId: globex.closedCourse, lessonId: globex.closed },
      crossed: { courseId: open.courseId, lessonId: unenrolled.lessonId },
    }
    const body = question(typeof more === 'string' ? pick(places[more]) : more)
    const before = await contentOfTables()
    const answer = await send(who, 'ask', body)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(await contentOfTables()).toBe(before)
    const shown = typeof more === 'string' ? await panel(who, places[more]) : null
    expect([null, 404]).toContain(shown?.status ?? null)
  })

  test('that is no JSON, or huge, is refused', async () => {
    expect((await send('student', 'ask', 'nothing')).status).toBe(422)
    expect((await send('student', 'ask', JSON.stringify({ question: 'x'.repeat(20_000) }))).status).toBe(413)
  })

  test('during a running exam of the course is refused, for whoever writes it', async () => {
    const { id: tenantId, studentId } = world.acme
    const { rows } = await owner().query<{ id: string; version: string }>(
      `select x.id, v.id as version from "Exam" x join "ExamVersion" v on v."examId" = x.id where x."courseId" = $1 order by x.id limit 1`,
      [open.courseId],
    )
    await owner().query(
      `insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", number, counts, "startedAt", "deadlineAt")
       values ('e2etutor', $1, $2, $3, $4, 77, false, now(), now() + interval '5 minutes')`,
      [tenantId, rows[0]?.id, rows[0]?.version, studentId],
    )
    const answer = await send('student', 'ask', question())
    expect([answer.status, errorOf(answer).reason]).toEqual([409, 'exam'])
    expect(JSON.parse((await panel('student', open)).body)).toMatchObject({ closed: { reason: 'exam' } })
    expect((await send('instructor', 'ask', question())).status).toBe(200)
    await owner().query(`delete from "ExamAttempt" where id = 'e2etutor'`)
    expect((await send('student', 'ask', question())).status).toBe(200)
  })
})

function pick({ courseId, lessonId }: Readonly<{ courseId: string; lessonId: string }>) {
  return { courseId, lessonId }
}

describe('the panel', () => {
  test('costs a lesson’s page little before it is opened: its code comes when it is', async () => {
    const path = `/learn/${open.courseId}/${open.lessonId}`
    const { body } = await ask({ host: hostOf('acme'), path, headers: cookies.student })
    const tags = [...body.matchAll(/<script\b[^>]*>/giu)].map(([tag]) => tag)
    const sources = tags.flatMap((tag) =>
      /nomodule/iu.test(tag) ? [] : (/\bsrc="([^"]+)"/iu.exec(tag)?.[1] ?? []),
    )
    let bytes = 0
    for (const source of new Set(sources)) {
      const script = (await ask({ host: hostOf('acme'), path: source.replaceAll('&amp;', '&') })).body
      expect(script).not.toContain('data-tutor-panel')
      bytes += gzipSync(script).length
    }
    // The bare page of the same Next has 135 kB.
    expect(bytes / 1000).toBeLessThan(135 + 60)
  })

  test('shows one’s own conversations alone', async () => {
    const [begun] = linesOf(await send('student', 'ask', question()))
    const chatId = begun?.type === 'begun' ? begun.chatId : ''
    const own = await panel('student', open, `?chat=${chatId}`)
    expect(JSON.parse(own.body)).toMatchObject({ chatId, closed: null, answering: false })
    expect((await panel('instructor', open, `?chat=${chatId}`)).status).toBe(404)
    expect((await panel('student', open, '?chat=a&chat=b')).status).toBe(422)
    expect((await panel('student', open, '?what=ever')).status).toBe(422)
  })

  test('stops nothing that isn’t one’s own', async () => {
    const stopped = await send('student', 'stop', { key: 'e2e-nothing-of-mine-0', shown: 3 })
    expect(JSON.parse(stopped.body)).toEqual({ stopped: false })
    expect((await send('nobody', 'stop', { key: 'e2e-nothing-of-mine-0', shown: 3 })).status).toBe(401)
  })
})
