import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { urlOf } from '#tests/support/browser'
import { owner } from '#tests/support/served'

/** A lesson with a film of our own, for the demo world's student to watch. */

export type Lesson = Readonly<{
  courseId: string
  lessonId: string
  /** Another lesson of the course. */
  otherId: string
  tenantId: string
  userId: string
  enrollmentId: string
}>

/** Makes sure that the student is enrolled. The film is twelve seconds long. */
export async function filmLesson(): Promise<Lesson> {
  const { rows } = await owner().query<Omit<Lesson, 'enrollmentId'>>(
    `select c.id as "courseId", l.id as "lessonId", l."tenantId", u.id as "userId",
       (select o.id from "Lesson" o where o."moduleId" = l."moduleId" and o.id <> l.id and o."deletedAt" is null limit 1) as "otherId"
     from "Lesson" l join "Module" m on m.id = l."moduleId" join "Course" c on c.id = m."courseId"
       join "User" u on u."tenantId" = l."tenantId" and u.email = 'student@acme.test'
     where l."videoUrl" like '%moon-month%' and c.status = 'PUBLISHED' limit 1`,
  )
  const found = rows[0]
  if (found === undefined) throw new Error('The demo world has no film for its student.')
  await owner().query(
    `insert into "Enrollment" ("tenantId", "userId", "courseId") values ($1, $2, $3) on conflict do nothing`,
    [found.tenantId, found.userId, found.courseId],
  )
  await owner().query(
    `update "Lesson" set "releaseAt" = null, "releaseAfterId" = null where id = any($1::text[])`,
    [[found.lessonId, found.otherId]],
  )
  const enrollment = await owner().query<{ id: string }>(
    `select id from "Enrollment" where "userId" = $1 and "courseId" = $2`,
    [found.userId, found.courseId],
  )
  return { ...found, enrollmentId: enrollment.rows[0]?.id ?? '' }
}

/** As if the lesson had never been opened; `position` as if a film had been left there. */
export async function forget(
  { lessonId, tenantId, userId, enrollmentId }: Lesson,
  position?: number,
): Promise<void> {
  await owner().query(`delete from "LessonProgress" where "lessonId" = $1 and "userId" = $2`, [
    lessonId,
    userId,
  ])
  if (position === undefined) return
  await owner().query(
    `insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", "lastPosition") values ($1, $2, $3, $4, $5)`,
    [tenantId, enrollmentId, userId, lessonId, position],
  )
}

export type Kept = Readonly<{
  ranges: readonly (readonly [number, number])[]
  position: number
  viewed: boolean
}>

/** What the database knows of the student's watching. */
export async function kept({ lessonId, userId }: Lesson): Promise<Kept> {
  const { rows } = await owner().query<{ watched: string; lastPosition: number; viewed: boolean }>(
    `select watched::text, "lastPosition", "viewedAt" is not null as viewed from "LessonProgress" where "lessonId" = $1 and "userId" = $2`,
    [lessonId, userId],
  )
  const row = rows[0] ?? { watched: '{}', lastPosition: 0, viewed: false }
  const ranges = [...row.watched.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]): [number, number] => [
    Number(from),
    Number(to),
  ])
  return { ranges, position: row.lastPosition, viewed: row.viewed }
}

/** Waits until the database knows what is expected. */
export async function until(lesson: Lesson, expected: (kept: Kept) => boolean): Promise<Kept> {
  let last = await kept(lesson)
  for (let attempt = 0; attempt < 100 && !expected(last); attempt += 1) {
    await sleep(100)
    last = await kept(lesson)
  }
  return last
}

/** Opens a lesson and waits until its scripts listen. A film's own requests may stay open for as long as it does. */
export async function openLesson(page: Page, { courseId, lessonId }: Lesson): Promise<void> {
  await page.goto(urlOf('acme.localhost', `/learn/${courseId}/${lessonId}`))
  await page.evaluate(`new Promise((resolve) => {
    const look = () => {
      const note = document.querySelector('[data-shortcut=note]')
      const video = document.querySelector('[data-film] video')
      // The button names the film's second as soon as there is a film to be played.
      const ready = video === null
        ? Object.keys(note).some((key) => key.startsWith('__reactProps'))
        : note.textContent.includes(':')
      if (!ready) return setTimeout(look, 50)
      if (video !== null) video.muted = true
      setTimeout(resolve, 100)
    }
    look()
  })`)
}

/** What an expression says of the page's film, known as `video`. */
export async function film(page: Page, expression: string): Promise<unknown> {
  return page.evaluate(`(async (video) => ${expression})(document.querySelector('[data-film] video'))`)
}

/** Waits until the whole film is in the browser. */
export async function loaded(page: Page): Promise<void> {
  await film(
    page,
    `new Promise((resolve) => {
      const look = () => (video.buffered.length > 0 && video.buffered.end(0) > 11.5 ? resolve() : setTimeout(look, 50))
      look()
    })`,
  )
}

/** Waits in the page until its film is at a second, and does something at that very moment. */
export async function atSecond(page: Page, second: number, then = ''): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const video = document.querySelector('[data-film] video')
    const look = () => {
      if (video.currentTime < ${second}) return setTimeout(look, 20)
      ${then}
      resolve()
    }
    look()
  })`)
}

/** What the browser still owes the server. */
export async function owed(context: BrowserContext): Promise<string[]> {
  const page = context.pages()[0]
  const found: unknown = await page?.evaluate(
    `Object.keys(localStorage).filter((key) => key.startsWith('smartlms-progress')).map((key) => localStorage.getItem(key))`,
  )
  return found as string[]
}
