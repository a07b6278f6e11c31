import { afterAll, beforeAll, expect, test } from 'vitest'
import { PART_BYTES } from '#lib/files/contract/part-bytes'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// Files of assignments, asked for by those who may, and by those who may not quite.

const ID = 'fileroutes'
const PDF = Buffer.from('%PDF-1.7 essay')

let world: World
type Who = 'student' | 'other' | 'instructor' | 'stranger' | 'nobody'
const cookies: Record<Who, Record<string, string>> = {
  ...{ student: {}, other: {}, instructor: {}, stranger: {}, nobody: {} },
}

type Query = Readonly<Record<string, string>>

function send(who: Who, query: Query = {}, body: Buffer = PDF, host = hostOf('acme')): Promise<Answer> {
  const asked = new URLSearchParams({ assignmentId: ID, name: 'essay.pdf', seen: '', ...query })
  return ask({
    ...{ host, path: `/api/assignments/file?${asked.toString()}`, method: 'POST', body },
    headers: { ...cookies[who], 'content-type': 'application/octet-stream' },
  })
}

function remove(who: Who, key: string): Promise<Answer> {
  const asked = new URLSearchParams({ assignmentId: ID, key, seen: '' })
  return ask({
    ...{ host: hostOf('acme'), path: `/api/assignments/file?${asked.toString()}`, method: 'DELETE' },
    headers: cookies[who],
  })
}

const dataOf = (answer: Answer) => JSON.parse(answer.body) as Record<string, unknown>
const kept = async (): Promise<string[]> => {
  const { rows } = await owner().query<{ files: string[] }>(
    `select files from "SubmissionDraft" where "assignmentId" = $1`,
    [ID],
  )
  return rows.flatMap(({ files }) => files)
}

beforeAll(async () => {
  world = await loadWorld()
  const { id: tenantId, studentId, otherStudentId, instructorId } = world.acme
  const { courseId } = world.enrolled
  await owner().query(`delete from "Enrollment" where "courseId" = $1 and "userId" = $2`, [
    courseId,
    otherStudentId,
  ])
  await owner().query(
    `insert into "Assignment" (id, "tenantId", "courseId", title, points, accepts, settings, "publishedAt")
     values ($1, $2, $3, 'Files', 10, '{FILE}', '{}', now())`,
    [ID, tenantId, courseId],
  )
  cookies.student = cookieOf(await signIn(tenantId, studentId))
  cookies.other = cookieOf(await signIn(tenantId, otherStudentId))
  cookies.instructor = cookieOf(await signIn(tenantId, instructorId))
  cookies.stranger = cookieOf(await signIn(world.globex.id, world.globex.studentId))
})

afterAll(async () => {
  await owner().query(`delete from "AuditLog" where "targetId" = $1`, [ID])
  await owner().query(`delete from "StoredFile" where key like '%/private/submissions/' || $1 || '/%'`, [ID])
  await owner().query(`delete from "Assignment" where id = $1`, [ID])
})

test('whoever isn’t enrolled, or is of another school, gets nothing and changes nothing', async () => {
  for (const who of ['other', 'instructor'] as const) expect((await send(who)).status).toBe(404)
  for (const who of ['stranger', 'nobody'] as const) expect((await send(who)).status).toBe(401)
  expect((await send('stranger', {}, PDF, hostOf('globex'))).status).toBe(404)
  expect((await send('student', { assignmentId: world.assignment.unenrolled })).status).toBe(404)
  expect((await send('student', { assignmentId: world.assignment.foreign })).status).toBe(404)
  for (const bad of [{ more: '1' }, { seen: 'x' }, { part: `${'a'.repeat(32)}-1-9` }])
    expect((await send('student', bad)).status).toBe(422)
  expect(await kept()).toEqual([])
})

function keep(who: Who, body: Record<string, unknown>, host = hostOf('acme')): Promise<Answer> {
  return ask({
    ...{ host, path: '/api/assignments/draft', method: 'PUT' },
    body: Buffer.from(JSON.stringify({ assignmentId: ID, seen: '', ...body })),
    headers: { ...cookies[who], 'content-type': 'application/json' },
  })
}

test('what is written is kept for its writer alone, and never over what another page has kept', async () => {
  for (const who of ['other', 'instructor'] as const) expect((await keep(who, {})).status).toBe(404)
  for (const who of ['stranger', 'nobody'] as const) expect((await keep(who, {})).status).toBe(401)
  expect((await keep('stranger', {}, hostOf('globex'))).status).toBe(404)
  for (const bad of [{ more: 1 }, { seen: 'x' }, { content: 7 }, { files: ['no such file'] }])
    expect((await keep('student', bad)).status).toBe(422)
  const first = await keep('student', { content: 'Dear friend,' })
  expect(first.status).toBe(200)
  expect((await keep('student', { content: 'Another tab' })).status).toBe(409)
  expect((await keep('student', { content: 'Dear all,', ...dataOf(first) })).status).toBe(200)
  const { rows } = await owner().query(`select content from "SubmissionDraft" where "assignmentId" = $1`, [
    ID,
  ])
  expect(rows).toEqual([{ content: 'Dear all,' }])
  await owner().query(`delete from "SubmissionDraft" where "assignmentId" = $1`, [ID])
})

test('a file of many megabytes comes in parts, is saved by its link, and is taken out by its owner alone', async () => {
  const whole = Buffer.concat([PDF, Buffer.alloc(PART_BYTES)])
  const part = (offset: number) => `${'b'.repeat(32)}-${String(offset)}-${String(whole.byteLength)}`
  expect((await send('student', { part: part(0) }, whole.subarray(0, PART_BYTES))).status).toBe(202)
  const taken = await send('student', { part: part(PART_BYTES) }, whole.subarray(PART_BYTES))
  expect([taken.status, dataOf(taken)['bytes']]).toEqual([201, whole.byteLength])
  const key = String(dataOf(taken)['key'])
  expect(await kept()).toEqual([key])
  const path = String(dataOf(taken)['url'])
  const opened = await ask({ host: hostOf('acme'), path })
  expect([opened.status, opened.headers['content-disposition']?.split(';')[0]]).toEqual([200, 'attachment'])
  expect((await ask({ host: hostOf('globex'), path })).status).toBe(404)
  expect((await ask({ host: hostOf('acme'), path: path.split('?')[0] ?? '' })).status).toBe(404)
  for (const who of ['other', 'instructor'] as const) expect((await remove(who, key)).status).toBe(404)
  for (const who of ['stranger', 'nobody'] as const) expect((await remove(who, key)).status).toBe(401)
  expect(await kept()).toEqual([key])
  expect((await remove('student', key)).status).toBe(200)
  expect(await kept()).toEqual([])
})

test('a picture is saved too, never shown in place; a page is refused', async () => {
  const gif = await send('student', { name: 'a.gif' }, Buffer.from('GIF89a'))
  const opened = await ask({ host: hostOf('acme'), path: String(dataOf(gif)['url']) })
  expect(opened.headers['content-disposition']).toMatch(/^attachment/)
  const page = await send('student', { name: 'a.html' }, Buffer.from('<script>'))
  expect([page.status, (dataOf(page)['error'] as Record<string, unknown>)['reason']]).toEqual([422, 'type'])
})
