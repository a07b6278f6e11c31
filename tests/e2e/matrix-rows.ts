import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { SchoolFacts } from './world'

/** Who calls, by the host they call. Signed-in actors join when people can sign in. */
export const CALLERS = ['own', 'other', 'root', 'unknown', 'suspended'] as const
export type Caller = (typeof CALLERS)[number]

/**
 * What one endpoint owes to each caller. `own` is the school that the ids in the address belong to; everybody else
 * calls with the very same address.
 */
export type Row = Readonly<{
  path: (own: SchoolFacts) => string
  method?: 'POST' | 'PUT' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string
  status: Readonly<Record<Caller, number>>
  /** Routes refuse keys that they don't know with 422; a page leaves a newsletter's tracking codes alone. */
  unknownKeys: 'refused' | 'ignored'
  /** Methods that the endpoint doesn't have, and what each may be answered with. */
  otherMethods: Readonly<Record<string, readonly number[]>>
}>

/** A page has no other method; Next renders it all the same for some, which must then change nothing. */
const PAGE_METHODS = { POST: [200, 405], PUT: [200, 405], DELETE: [200, 405], PATCH: [200, 405] }
const ROUTE_METHODS = { POST: [405], PUT: [405], DELETE: [405], PATCH: [405] }
const MISSING_METHODS = { POST: [404, 405], PUT: [404, 405], DELETE: [404, 405] }

const NOWHERE = { own: 404, other: 404, root: 404, unknown: 404, suspended: 403 } as const
/** Closed to visitors of every school. */
const SIGN_IN = { ...NOWHERE, own: 401, other: 401 }
const OWN_ONLY = { ...NOWHERE, own: 200 }
const EVERY_SCHOOL = { ...NOWHERE, own: 200, other: 200 }
const EVERYWHERE = { own: 200, other: 200, root: 200, unknown: 200, suspended: 200 } as const

function page(
  path: Row['path'],
  status: Row['status'],
  otherMethods: Row['otherMethods'] = PAGE_METHODS,
): Row {
  return { path, status, otherMethods, unknownKeys: 'ignored' }
}

function route(path: Row['path'], status: Row['status']): Row {
  return { path, status, otherMethods: ROUTE_METHODS, unknownKeys: 'refused' }
}

const nowhere = (path: string): Row => page(() => path, NOWHERE, MISSING_METHODS)

/** Address of some public file of a school. */
export function someFile(school: SchoolFacts): string {
  const folder = join(inject('served').storageDir, school.id, 'public')
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('.webp'),
  )
  return `/media/${file ?? 'missing'}`
}

const REPORT = JSON.stringify({
  'csp-report': {
    'effective-directive': 'script-src-elem',
    'blocked-uri': 'https://blocked.test/x.js?secret=1',
  },
})

/** Where a letter’s link to stop its like leads, by either method. */
function stopping(method: 'GET' | 'POST', status: Row['status']): Row {
  const other = method === 'GET' ? { POST: [404] } : { GET: [303] }
  return {
    path: () => '/api/notifications/unsubscribe?types=SYSTEM&token=x',
    ...(method === 'POST' ? { method, body: '' } : {}),
    ...{ status, unknownKeys: 'refused' },
    otherMethods: { PUT: [405], DELETE: [405], PATCH: [405], ...other },
  }
}

const UPLOAD = `/api/editor/uploads/${'0'.repeat(32)}`
const UPLOAD_METHODS = ['GET', 'PUT', 'POST', 'DELETE'] as const

type Method = (typeof UPLOAD_METHODS)[number]

/** A route of the lesson editor; an address may have several methods. */
function editor(method: Method, path: string, methods: readonly Method[]): Row {
  const others = (['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const).filter((other) => other !== method)
  const has = (other: string) => methods.some((one) => one === other)
  return {
    path: () => path,
    ...(method === 'GET' ? {} : { method, body: '{}' }),
    status: SIGN_IN,
    unknownKeys: 'ignored',
    otherMethods: Object.fromEntries(others.map((other) => [other, has(other) ? [401] : [405]])),
  }
}

/** A route of the exam room: who is asked comes before what is sent. tests/e2e/exam-routes.test.ts asks those who may. */
function exam(name: string): Row {
  return {
    path: () => `/api/exams/${name}`,
    method: 'POST',
    body: JSON.stringify({ examId: 'e', attemptId: 'a', answers: [], events: [] }),
    status: SIGN_IN,
    ...{ unknownKeys: 'ignored', otherMethods: { GET: [405], PUT: [405], DELETE: [405] } },
  }
}

/** A route of the tutor: who is asked comes before what is sent. */
function tutor(name: string, body: object): Row {
  return {
    ...{ path: () => `/api/tutor/${name}`, method: 'POST', body: JSON.stringify(body), status: SIGN_IN },
    ...{ unknownKeys: 'ignored', otherMethods: { GET: [405], PUT: [405], DELETE: [405] } },
  }
}

/** Files of assignments. Who is asked comes before what is sent: tests/e2e/assignment-file-routes.test.ts asks those who may. */
function workFile(method: 'POST' | 'DELETE'): Row {
  const other = method === 'POST' ? 'DELETE' : 'POST'
  return {
    ...{ path: () => '/api/assignments/file?assignmentId=none', method, body: '', status: SIGN_IN },
    ...{ unknownKeys: 'ignored', otherMethods: { GET: [405], PUT: [405], PATCH: [405], [other]: [401] } },
  }
}

/** What is kept while it is written. tests/e2e/assignment-file-routes.test.ts asks those who may. */
const WORK_DRAFT: Row = {
  ...{ path: () => '/api/assignments/draft', method: 'PUT', status: SIGN_IN },
  body: JSON.stringify({ assignmentId: 'none', seen: '' }),
  ...{ unknownKeys: 'ignored', otherMethods: { GET: [405], POST: [405], PATCH: [405], DELETE: [405] } },
}

/** A row for every endpoint that is called by its address, under the id that its builder was given. */
export const ROWS: Readonly<Record<string, Row>> = {
  'school.front': page(() => '/', { ...EVERY_SCHOOL, root: 200 }),
  'school.catalogue': page(() => '/courses', EVERY_SCHOOL),
  'school.course': page(({ published }) => `/courses/${published}`, OWN_ONLY),
  'school.lesson': page(({ previewCourse, preview }) => `/learn/${previewCourse}/${preview}`, OWN_ONLY),
  'school.missing': nowhere('/no/such/page'),
  'site.landing': page(() => '/', { ...EVERY_SCHOOL, root: 200 }),
  'state.missing': nowhere('/state/missing'),
  'state.suspended': nowhere('/state/suspended'),
  'state.unavailable': nowhere('/state/unavailable'),
  'state.unknown': nowhere('/state/unknown'),
  'school.search': page(() => '/search?q=e', EVERY_SCHOOL),
  'certificate.pdf': {
    ...route(() => `/api/certificates/${'x'.repeat(22)}`, SIGN_IN),
    unknownKeys: 'ignored',
  },
  'palette.search': route(() => '/api/palette?q=e', EVERY_SCHOOL),
  // Who is asked comes before what is asked for.
  'notifications.live': { ...route(() => '/api/notifications/live', SIGN_IN), unknownKeys: 'ignored' },
  // The link of a letter: one that is none stops nobody’s; looking at it leads to the page that asks.
  'notifications.stop': stopping('POST', NOWHERE),
  'notifications.stop-page': stopping('GET', { ...NOWHERE, own: 303, other: 303 }),
  'notes.export': { ...route(() => '/api/notes/nothing', SIGN_IN), unknownKeys: 'ignored' },
  'progress.report': {
    path: () => '/api/progress',
    method: 'POST',
    body: JSON.stringify({ courseId: 'c', lessonId: 'l', position: 1, ranges: [[0, 1]] }),
    status: SIGN_IN,
    ...{ unknownKeys: 'ignored', otherMethods: { GET: [405], PUT: [405], DELETE: [405] } },
  },
  // tests/e2e/tutor-routes.test.ts asks those who may, and those who may not quite.
  'tutor.panel': { ...route(() => '/api/tutor/panel/none/none', SIGN_IN), unknownKeys: 'ignored' },
  'tutor.ask': tutor('ask', {
    courseId: 'c',
    lessonId: 'l',
    chatId: null,
    key: '0'.repeat(16),
    question: 'q',
  }),
  'tutor.stop': tutor('stop', { key: '0'.repeat(16), shown: 0 }),
  'exam.start': exam('start'),
  'exam.save': exam('save'),
  'exam.submit': exam('submit'),
  'exam.file': exam('file'),
  'assignment.file': workFile('POST'),
  'assignment.file-remove': workFile('DELETE'),
  'assignment.keep': WORK_DRAFT,
  // Who is asked comes before what is sent: tests/e2e/editor.test.ts asks those who may, and those who may not quite.
  'editor.save': editor('PUT', '/api/editor/lessons/none', ['PUT']),
  'editor.picture': editor('POST', '/api/editor/pictures?lessonId=none', ['POST']),
  'editor.upload': editor('POST', '/api/editor/uploads', ['POST']),
  'editor.upload-state': editor('GET', UPLOAD, UPLOAD_METHODS),
  'editor.upload-part': editor('PUT', `${UPLOAD}?offset=0`, UPLOAD_METHODS),
  'editor.upload-finish': editor('POST', UPLOAD, UPLOAD_METHODS),
  'editor.upload-cancel': editor('DELETE', UPLOAD, UPLOAD_METHODS),
  'media.public': route(someFile, OWN_ONLY),
  // Without a signature there is nothing there.
  'files.signed': route(() => '/files/none.pdf', NOWHERE),
  // Every page's button leads here: without a session there is nothing to end.
  'auth.sign-out': {
    ...{ path: () => '/api/auth/sign-out', method: 'POST', body: '' },
    status: { own: 303, other: 303, root: 303, unknown: 404, suspended: 403 },
    ...{ unknownKeys: 'refused', otherMethods: { GET: [405], PUT: [405], DELETE: [405] } },
  },
  // The served demo has no provider.
  'auth.provider-begin': route(() => '/api/auth/begin/google', NOWHERE),
  'auth.provider-callback': { ...route(() => '/api/auth/callback/google', NOWHERE), unknownKeys: 'ignored' },
  // Without a mac of ours there is nothing there.
  'calendar.feed': route(() => '/feeds/none.ics', NOWHERE),
  'class.join': { ...route(() => '/api/classes/nothing/join', SIGN_IN), unknownKeys: 'ignored' },
  'class.export': { ...route(() => '/api/attendance/nothing/nothing', SIGN_IN), unknownKeys: 'ignored' },
  // Who is asked comes before what is asked for.
  'grade.book': { ...route(() => '/api/grades/nothing', SIGN_IN), unknownKeys: 'ignored' },
  'grade.export': { ...route(() => '/api/grades/nothing/csv', SIGN_IN), unknownKeys: 'ignored' },
  'insight.export': { ...route(() => '/api/insight/nothing', SIGN_IN), unknownKeys: 'ignored' },
  'insight.school-export': { ...route(() => '/api/insight', SIGN_IN), unknownKeys: 'ignored' },
  'exam.results': { ...route(() => '/api/exams/results', SIGN_IN), unknownKeys: 'ignored' },
  'exam.analysis': { ...route(() => '/api/exams/analysis', SIGN_IN), unknownKeys: 'ignored' },
  'audit.export': { ...route(() => '/api/admin/audit', SIGN_IN), unknownKeys: 'ignored' },
  'brand.icon': {
    ...route(() => '/icon.svg', { ...EVERY_SCHOOL, root: 200 }),
    // Browsers and caches put what they like behind an icon's address.
    unknownKeys: 'ignored',
  },
  'health.alive': { ...route(() => '/healthz', EVERYWHERE), unknownKeys: 'ignored' },
  'health.ready': { ...route(() => '/readyz', EVERYWHERE), unknownKeys: 'ignored' },
  'security.csp-report': {
    path: () => '/api/csp-report',
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body: REPORT,
    status: { own: 204, other: 204, root: 204, unknown: 404, suspended: 403 },
    unknownKeys: 'refused',
    otherMethods: { GET: [405], PUT: [405], DELETE: [405] },
  },
}
