import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PERMISSIONS } from '#lib/auth/permissions'
import { CONTENT_VERSION, parseDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { attemptAnswersSchema, questionSchema, questionsSchema } from '#lib/exams/contract'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { attemptLayoutSchema } from '#lib/exams/contract/taking'
import { gradeAnswer, totalOf } from '#lib/exams/rules/grading'
import { questionsOf } from '#lib/exams/rules/layout'
import { canaryOf } from '#prisma/seed/canary'
import { DEMO_PASSWORD_HASH } from '#prisma/seed/password'
import { TABLES } from '#prisma/seed/rows'
import { testDatabase } from '#tests/support/database'
import { prismaSeed, seed, type SeedRun } from './run-seed'

const storage = mkdtempSync(join(tmpdir(), 'seed-store-'))
const { owner } = await testDatabase({ STORAGE_DIR: storage })
let first: SeedRun = { code: -1, output: '' }

beforeAll(async () => {
  first = await prismaSeed()
})
afterAll(() => rmSync(storage, { recursive: true, force: true }))

async function rows<T extends object>(text: string): Promise<T[]> {
  return (await owner.query<T>(text)).rows
}

/** A fingerprint of every row of every table: it changes when any value does. */
async function fingerprints(): Promise<string[]> {
  const prints = TABLES.map(async (table) => {
    const [row] = await rows<{ print: string }>(
      `select count(*) || ' ' || md5(string_agg(md5(t::text), '' order by id)) as print from "${table}" t`,
    )
    return `${table}: ${row?.print ?? ''}`
  })
  return Promise.all(prints)
}

test('the plain command fills a migrated database, within ten seconds', () => {
  expect(first).toMatchObject({ code: 0 })
  const seconds = Number(/ready after ([\d.]+) s/.exec(first.output)?.[1])
  expect(seconds).toBeLessThanOrEqual(10)
})

test('a second run, on another day too, changes no row', async () => {
  const before = await fingerprints()
  const again = await seed('--anchor', '2031-05-05')
  expect(again).toMatchObject({ code: 0 })
  expect(again.output).toContain('that day is kept')
  expect(await fingerprints()).toEqual(before)
})

/** The number of rows of every table. */
async function counts(): Promise<string[]> {
  return (await fingerprints()).map((print) => print.replace(/ \w+$/, ''))
}

test('rows that somebody removed come back, and what was edited stays edited', async () => {
  const before = await counts()
  await owner.query(`update "Course" set title = 'Edited' where title = 'SQL for curious people'`)
  await owner.query(
    `delete from "Enrollment" where "userId" in (select id from "User" where email = 'student2@acme.test')`,
  )
  await owner.query(
    `delete from "Module" where "courseId" in (select id from "Course" where title = 'Reading the night sky')`,
  )
  expect(await counts()).not.toEqual(before)
  const again = await seed()
  expect(again).toMatchObject({ code: 0 })
  const [edited] = await rows<{ n: number }>(`select count(*)::int n from "Course" where title = 'Edited'`)
  expect(edited).toEqual({ n: 1 })
  expect(await counts()).toEqual(before)
  await owner.query(`update "Course" set title = 'SQL for curious people' where title = 'Edited'`)
})

describe('the contract of the demo world', () => {
  test('its people can sign in where the contract says, with its password', async () => {
    const people = await rows<{ email: string; role: string; host: string; password: string }>(
      `select u.email, u.role, t.subdomain as host, u.password from "User" u join "Tenant" t on t.id = u."tenantId"`,
    )
    const found = people.map(({ host, email, role }) => `${host} ${email} ${role}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'acme admin@acme.test ADMIN',
        'acme instructor@acme.test INSTRUCTOR',
        'acme instructor2@acme.test INSTRUCTOR',
        'acme student@acme.test STUDENT',
        'acme student2@acme.test STUDENT',
        'globex admin@globex.test ADMIN',
        'globex instructor@globex.test INSTRUCTOR',
        'globex student@globex.test STUDENT',
        'globex student@acme.test STUDENT',
        'initech admin@initech.test ADMIN',
        'initech student@initech.test STUDENT',
        'platform root@smartlms.test SUPER_ADMIN',
      ]),
    )
    expect(found.filter((line) => line.startsWith('acme')).length).toBeGreaterThan(60)
    expect(new Set(people.map(({ password }) => password))).toEqual(new Set([DEMO_PASSWORD_HASH]))
  })

  test('its schools have the plans and states of the contract', async () => {
    const schools = await rows(
      `select subdomain, name, plan, status from "Tenant" where id <> 'platform' order by 1`,
    )
    expect(schools).toEqual([
      { subdomain: 'acme', name: 'Acme Academy', plan: 'PRO', status: 'ACTIVE' },
      { subdomain: 'globex', name: 'Globex Institute', plan: 'FREE', status: 'ACTIVE' },
      { subdomain: 'initech', name: 'Initech', plan: 'FREE', status: 'SUSPENDED' },
    ])
  })

  test('Acme has four published courses of 3 to 5 modules and 12 to 25 lessons, a draft and an archived one', async () => {
    const courses = await rows<{ status: string; modules: number; lessons: number; videos: number }>(
      `select c.status, count(distinct m.id)::int modules, count(l.id)::int lessons, count(l."videoUrl")::int videos
        from "Course" c join "Tenant" t on t.id = c."tenantId" and t.subdomain = 'acme'
        left join "Module" m on m."courseId" = c.id left join "Lesson" l on l."moduleId" = m.id group by c.id`,
    )
    const published = courses.filter(({ status }) => status === 'PUBLISHED')
    expect(published.length).toBeGreaterThanOrEqual(4)
    for (const { modules, lessons } of published) {
      expect([modules, lessons]).toEqual([expect.toSatisfy(between(3, 5)), expect.toSatisfy(between(12, 25))])
    }
    expect(published.reduce((sum, { videos }) => sum + videos, 0)).toBeGreaterThanOrEqual(3)
    expect(courses.map(({ status }) => status)).toEqual(expect.arrayContaining(['DRAFT', 'ARCHIVED']))
  })

  test('every kind of notification and badge occurs', async () => {
    for (const type of ['NotificationType', 'BadgeType']) {
      const table = type.replace('Type', '')
      const [row] = await rows<{ missing: string[] | null }>(
        `select array_agg(kind) missing from unnest(enum_range(null::"${type}")) kind
          where not exists (select from "${table}" where type = kind)`,
      )
      expect(row).toEqual({ missing: null })
    }
  })
})

function between(low: number, high: number): (value: number) => boolean {
  return (value) => value >= low && value <= high
}

describe('what is stored can be read', () => {
  test('every day that counts for a streak is one on which its learner completed a lesson, and an active day', async () => {
    const strays = await rows(
      `select d."userId", d.day from "LearningDay" d
       join "User" u on u.id = d."userId" join "Tenant" t on t.id = d."tenantId"
       where not exists (select from "LessonProgress" p where p."userId" = d."userId" and p.completed
           and (p."completedAt" at time zone coalesce(u."timeZone", t."timeZone"))::date = d.day)
         or not exists (select from "PersonTally" p where p."userId" = d."userId" and p.days @> d.day)`,
    )
    expect(strays).toEqual([])
    const [all] = await rows<{ count: number }>(`select count(*)::int as count from "LearningDay"`)
    expect(all?.count).toBeGreaterThan(100)
  })

  test('every lesson is a document of the present version, with its words beside it', async () => {
    const lessons = await rows<{ content: string; contentText: string; contentVersion: number }>(
      `select content, "contentText", "contentVersion" from "Lesson"`,
    )
    expect(lessons.length).toBeGreaterThan(60)
    for (const { content, contentText, contentVersion } of lessons) {
      expect(contentVersion).toBe(CONTENT_VERSION)
      expect(plainText(parseDocument(content))).toBe(contentText)
    }
  })

  test('every exam, version and attempt parses, and a version holds what its exam holds', async () => {
    const exams = await rows<{ questions: unknown; frozen: unknown }>(
      `select e.questions, v.questions as frozen from "Exam" e join "ExamVersion" v on v."examId" = e.id`,
    )
    expect(exams.length).toBeGreaterThan(3)
    for (const { questions, frozen } of exams) expect(questionsSchema.parse(questions)).toEqual(frozen)
    const attempts = await rows<{ answers: unknown }>(`select answers from "ExamAttempt"`)
    expect(attempts.length).toBeGreaterThan(10)
    for (const { answers } of attempts) expect(attemptAnswersSchema.safeParse(answers).success).toBe(true)
  })

  test('every mark of the machine is what the rules give, and every score the sum of its marks', async () => {
    const attempts = await rows<{
      questions: unknown
      settings: unknown
      layout: unknown
      answers: unknown
      score: string | null
      maxScore: string
      marks: { questionId: string; points: string | null; maxPoints: string; byHand: boolean }[]
    }>(
      `select v.questions, v.settings, a.layout, a.answers, a.score, a."maxScore", (select coalesce(json_agg(json_build_object(
          'questionId', m."questionId", 'points', m.points::text, 'maxPoints', m."maxPoints"::text, 'byHand', m."byHand")), '[]')
          from "ExamMark" m where m."attemptId" = a.id) as marks
        from "ExamAttempt" a join "ExamVersion" v on v.id = a."versionId" where a."submittedAt" is not null`,
    )
    expect(attempts.length).toBeGreaterThan(50)
    for (const attempt of attempts) {
      const settings = examSettingsSchema.parse(attempt.settings)
      const layout = attemptLayoutSchema.parse(attempt.layout)
      const snapshot = attemptAnswersSchema.parse(attempt.answers)
      const asked = questionsOf(questionsSchema.parse(attempt.questions), layout)
      expect(attempt.marks.length).toBe(asked.length)
      for (const question of asked) {
        const mark = attempt.marks.find(({ questionId }) => questionId === question.id)
        const value = 'version' in snapshot ? (snapshot.answers[question.id]?.value ?? null) : null
        const grade = gradeAnswer(question, value, settings)
        expect(Number(mark?.maxPoints)).toBe(Number(grade.maxPoints))
        if (mark?.byHand === true) expect(grade.outcome).toBe('waits')
        else
          expect(mark?.points === null ? null : Number(mark?.points)).toBe(
            grade.points === null ? null : Number(grade.points),
          )
      }
      const total = totalOf(attempt.marks)
      expect(attempt.score === null ? null : Number(attempt.score)).toBe(
        total.score === null ? null : Number(total.score),
      )
      expect(Number(attempt.maxScore)).toBe(Number(total.maxScore))
    }
  })

  test('every exam feature is there to see', async () => {
    const [shown] = await rows(
      `select exists (select from "ExamMark" where points is null) as waiting,
        exists (select from "ExamMark" where "byHand" and comment is not null) as "byHand",
        exists (select from "ExamMark" where points < 0) as negative,
        exists (select from "ExamAttempt" where "endedBy" = 'DEADLINE') as late,
        exists (select from "ExamAttempt" where "submittedAt" is null) as running,
        exists (select from "Exam" where "accessCode" = 'starlight') as code,
        exists (select from "Exam" where jsonb_array_length(settings->'pools') > 0) as pools,
        (select count(distinct kind)::int from "ExamEvent") as events,
        (select count(distinct b."tenantId")::int from "BankQuestion" b
          join "Exam" e on e."tenantId" = b."tenantId" and e.questions::text like '%' || b.id || '%') as banks,
        (select count(*)::int from "ExamAccommodation" c join "User" u on u.id = c."userId" and u.email = 'student2@acme.test') as extra,
        (select count(*)::int from "ExamAttempt" a join "User" u on u.id = a."userId" and u.email = 'student@acme.test'
          join "Tenant" t on t.id = u."tenantId" and t.subdomain = 'acme' where a.number = 2) as again`,
    )
    expect(shown).toEqual({
      ...{ waiting: true, byHand: true, negative: true, late: true, running: true, code: true, pools: true },
      ...{
        events: 6,
        banks: 2,
        extra: expect.toSatisfy(between(2, 4)) as number,
        again: expect.toSatisfy(between(1, 3)) as number,
      },
    })
    for (const { question } of await rows<{ question: unknown }>(`select question from "BankQuestion"`))
      expect(questionSchema.safeParse(question).success).toBe(true)
  })

  test('somebody has a later date in an assignment that instructor@acme.test gave', async () => {
    const extended = await rows(
      `select x.note from "AssignmentExtension" x join "Assignment" a on a.id = x."assignmentId" and x."dueDate" > a."dueDate"
        join "Course" c on c.id = a."courseId" join "User" u on u.id = c."instructorId" and u.email = 'instructor@acme.test'
        join "Enrollment" e on e."courseId" = c.id and e."userId" = x."userId"`,
    )
    expect(extended.length).toBeGreaterThan(0)
  })

  test('student@acme.test can take an exam now, with all kinds of questions', async () => {
    const [open] = await rows<{ questions: { type: string }[]; duration: number }>(
      `select e.questions, e.duration from "Exam" e join "Enrollment" n on n."courseId" = e."courseId"
        join "User" u on u.id = n."userId" and u.email = 'student@acme.test' and u."tenantId" = e."tenantId"
        where e."publishedAt" < now() and e."startDate" < now() and e."endDate" > now() and e."accessCode" is null
          and e.title like 'Night watch%' and not exists (select from "ExamAttempt" a where a."examId" = e.id and a."userId" = u.id)`,
    )
    expect(open?.duration).toBe(40)
    expect(new Set(open?.questions.map(({ type }) => type)).size).toBe(10)
    expect(open?.questions).toHaveLength(12)
  })

  test('every picture, film, caption and poster of a lesson is in the store, under its own school', async () => {
    const lessons = await rows<{ tenantId: string; content: string; videoUrl: string | null }>(
      `select "tenantId", content, "videoUrl" from "Lesson"`,
    )
    const keys = lessons.flatMap(({ tenantId, content, videoUrl }) => {
      const pictures = [...content.matchAll(/"src":"([^"]+)"/g)].map((match) => match[1] ?? '')
      const film =
        videoUrl === null || videoUrl.startsWith('https:') ? [] : [videoUrl, videoUrl.replace(/mp4$/, 'vtt')]
      return [...pictures, ...film].map((key) => ({ key, tenantId }))
    })
    expect(keys.length).toBeGreaterThan(10)
    for (const { key, tenantId } of keys) {
      expect(key.startsWith(`${tenantId}/public/`)).toBe(true)
      expect(existsSync(join(storage, key)), key).toBe(true)
    }
  })

  test('files that learners handed in are in the store and in the books, under the learner’s own folder', async () => {
    const files = await rows<{ key: string; tenantId: string; place: string; booked: string | null }>(
      `select f.key, s."tenantId", s."tenantId" || '/private/submissions/' || s."assignmentId" || '/' || s."userId" || '/' as place,
         b.bytes::text as booked
       from "Submission" s cross join unnest(s.files) as f(key)
       left join "StoredFile" b on b."tenantId" = s."tenantId" and b.key = f.key and b."uploadedById" = s."userId"`,
    )
    expect(files.length).toBeGreaterThan(3)
    for (const { key, place, booked } of files) {
      expect(key.startsWith(place)).toBe(true)
      expect(String(statSync(join(storage, key)).size)).toBe(booked)
    }
  })

  test('custom roles grant only permissions that exist', async () => {
    const roles = await rows<{ permissions: string[] }>(`select permissions from "Role"`)
    expect(roles.length).toBeGreaterThan(2)
    for (const { permissions } of roles)
      expect(Object.keys(PERMISSIONS)).toEqual(expect.arrayContaining(permissions))
  })
})

describe('the numbers agree with each other', () => {
  const WRONG = {
    'progress that is not the share of finished lessons': `select 1 from "Enrollment" e where abs(e.progress - (select
      round(100.0 * count(*) filter (where p.completed) / count(*), 2)::float8 from "Module" m
      join "Lesson" l on l."moduleId" = m.id left join "LessonProgress" p on p."lessonId" = l.id and p."enrollmentId" = e.id
      where m."courseId" = e."courseId")) > 0.001`,
    'completed without 100 percent, or the reverse': `select 1 from "Enrollment" where (progress = 100) <> ("completedAt" is not null)`,
    'lessons opened before enrolling': `select 1 from "LessonProgress" p join "Enrollment" e on e.id = p."enrollmentId"
      where p."updatedAt" < e."enrolledAt"`,
    'learners in a draft': `select 1 from "Enrollment" e join "Course" c on c.id = e."courseId" where c.status = 'DRAFT'`,
    'enrollments after archiving, or before publishing': `select 1 from "Enrollment" e join "Course" c on c.id = e."courseId"
      where (c.status = 'ARCHIVED' and e."enrolledAt" > c."updatedAt") or e."enrolledAt" < c."publishedAt"`,
    'snapshots that differ from the answer rows': `select 1 from "ExamAttempt" a where "submittedAt" is not null
      and coalesce(a.answers->'answers', '{}') <> coalesce((select jsonb_object_agg(x."questionId", jsonb_build_object(
        'value', x.value, 'sequence', x.sequence, 'savedAt',
        to_char(x."savedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) from "ExamAnswer" x where x."attemptId" = a.id), '{}')`,
    'scores above the maximum': `select 1 from "ExamAttempt" a join "ExamVersion" v on v.id = a."versionId"
      where a.score > a."maxScore" or a."maxScore" > (select sum((q->>'points')::numeric) from jsonb_array_elements(v.questions) q)`,
    'attempts that were handed in and wait for the machine': `select 1 from "ExamAttempt" where ("submittedAt" is null) <> ("maxScore" is null)`,
    'events outside of their attempt': `select 1 from "ExamEvent" x join "ExamAttempt" a on a.id = x."attemptId"
      where x.at not between a."startedAt" and coalesce(a."submittedAt", a."deadlineAt")`,
    'grades of the future': `select 1 from "ExamMark" where "gradedAt" > now()`,
    'answers outside their sitting': `select 1 from "ExamAnswer" x join "ExamAttempt" a on a.id = x."attemptId"
      where x."savedAt" not between a."startedAt" and coalesce(a."submittedAt", a."deadlineAt")`,
    'hand-ins after the deadline': `select 1 from "ExamAttempt" where "submittedAt" > "deadlineAt"`,
    'people without an attempt that counts': `select 1 from "ExamAttempt" group by "examId", "userId" having count(*) filter (where counts) <> 1`,
    'grades before their work': `select 1 from "Submission" where "gradedAt" < "submittedAt"`,
    'events of the future': `select 1 from "LessonProgress" where "updatedAt" > now() union all
      select 1 from "Notification" where "createdAt" > now() union all select 1 from "Submission" where "submittedAt" > now()`,
    'an outbox that would send demo mail': `select 1 from "Outbox"`,
  }

  test.each(Object.entries(WRONG))('no %s', async (_name, statement) => {
    expect(await rows(statement)).toEqual([])
  })

  test('enrollments stand at the start, in the middle and at the end of every course that Acme shows', async () => {
    const courses = await rows<{ none: number; some: number; all: number }>(
      `select count(*) filter (where progress = 0)::int none, count(*) filter (where progress between 1 and 99)::int "some",
        count(*) filter (where progress = 100)::int "all" from "Enrollment" e join "Course" c on c.id = e."courseId"
        join "Tenant" t on t.id = e."tenantId" and t.subdomain = 'acme' group by c.id`,
    )
    expect(courses.length).toBeGreaterThanOrEqual(5)
    for (const { none, some, all } of courses) expect(Math.min(none, some, all)).toBeGreaterThan(0)
  })
})

test('each school’s canary stands in its private rows and in no other school’s', async () => {
  for (const subdomain of ['acme', 'globex', 'initech']) {
    const places: string[] = []
    for (const table of ['Course', 'Lesson', 'Notification', 'AIChat', 'Submission', 'AuditLog']) {
      const holders = await rows<{ subdomain: string }>(
        `select distinct s.subdomain from "${table}" t join "Tenant" s on s.id = t."tenantId"
          where t::text like '%${canaryOf(subdomain)}%'`,
      )
      expect(holders.filter((holder) => holder.subdomain !== subdomain)).toEqual([])
      if (holders.length > 0) places.push(table)
    }
    expect(places).toEqual(expect.arrayContaining(['Course', 'Lesson', 'Notification', 'AIChat', 'AuditLog']))
  }
})

describe('refusals are one sentence', () => {
  test('production, unless it is a demo', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('SMARTLMS_DEMO', '')
    const refused = await seed()
    vi.stubEnv('SMARTLMS_DEMO', '1')
    const allowed = await seed()
    vi.unstubAllEnvs()
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(/^The demo world has well-known.*SMARTLMS_DEMO=1\.\n$/)
    expect(allowed).toMatchObject({ code: 0 })
  })

  test('a database that nobody can reach', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none')
    const refused = await seed()
    vi.unstubAllEnvs()
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(/^The database in DATABASE_URL can’t be reached.*\n$/)
  })
})
