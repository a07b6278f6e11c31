import 'server-only'
import { type LessonDocument, parseDocument } from '#lib/content/document'
import { filmOf } from '#lib/content/films'
import type { CatalogueRow, OpenLesson, OutlineRow, PublishedCourse } from '#lib/db/queries/catalog'
import { lessonFileUrl } from '#lib/files/lesson-file-url'
import { publicUrl } from '#lib/files/rules'
import type { School } from '#lib/tenancy/school'
import type {
  CourseCard,
  CourseOutline,
  LessonLearner,
  LessonLock,
  LessonNeighbour,
  LessonVideo,
  LessonView,
  OutlineModule,
  SchoolBrand,
} from './contract'

/** How a school presents itself, with addresses in place of storage keys. */
export function brandOf(school: School): SchoolBrand {
  const { id, name, subdomain, logo, accentColor, locale, timeZone } = school
  return { name, subdomain, logoUrl: publicUrl(id, logo), accentColor, locale, timeZone }
}

/** A row of the catalogue as a card. */
export function cardOf(school: School, row: CatalogueRow): CourseCard {
  const { thumbnail, publishedAt: _publishedAt, ...rest } = row
  return { ...rest, coverUrl: publicUrl(school.id, thumbnail) }
}

/** Why a lesson is closed to learners; null when it is open. */
function lockOf(row: OutlineRow, rows: readonly OutlineRow[]): LessonLock | null {
  if (row.released) return null
  const awaited = rows.find((other) => other.lessonId === row.releaseAfterId)
  const after = row.releaseAfterId === null || awaited?.completed === true ? undefined : awaited
  return { at: waitsUntil(row), after: after?.lessonTitle ?? null, afterId: after?.lessonId ?? null }
}

/** The moment that a lesson waits for; null when it has come, or there is none. */
function waitsUntil({ releaseAt }: OutlineRow): Date | null {
  return releaseAt !== null && releaseAt.getTime() > Date.now() ? releaseAt : null
}

/** What this reader may open: `opened` all of the course, `inCharge` also what isn't open to learners yet. */
type Reach = Readonly<{ opened: boolean; inCharge: boolean }>

function isOpen(row: OutlineRow, { opened, inCharge }: Reach): boolean {
  return inCharge || ((row.preview || opened) && row.released)
}

/** Whether it will be open as soon as that lesson is done: on the way on, it is the next one. */
function opensAfter(row: OutlineRow, lessonId: string, { opened }: Reach): boolean {
  return opened && row.releaseAfterId === lessonId && waitsUntil(row) === null
}

/** Rows of lessons, grouped into their modules; order is the rows' own. */
export function modulesOf(rows: readonly OutlineRow[], reach: Reach): OutlineModule[] {
  const modules: OutlineModule[] = []
  for (const row of rows) {
    let module = modules.at(-1)
    if (module?.id !== row.moduleId) {
      module = { id: row.moduleId, title: row.moduleTitle, durationSeconds: 0, lessons: [] }
      modules.push(module)
    }
    if (row.lessonId === null || row.lessonTitle === null) continue
    module.durationSeconds += row.duration ?? 0
    const { hasVideo, preview } = row
    module.lessons.push({
      id: row.lessonId,
      title: row.lessonTitle,
      durationSeconds: row.duration,
      hasVideo,
      preview,
      open: isOpen(row, reach),
      done: row.completed,
      lock: lockOf(row, rows),
    })
  }
  return modules
}

/** A published course with its outline, as its page shows it. */
export function outlineOf(
  school: School,
  course: PublishedCourse,
  rows: readonly OutlineRow[],
): CourseOutline {
  const modules = modulesOf(rows, course)
  const { id, title, description, instructorName, learnerCount, updatedAt, examCount, assignmentCount } =
    course
  const { opened, inCharge, outcomes, categories, enrollment, capacity, progress, completedAt } = course
  const live =
    course.nextClassTitle === null || course.nextClassAt === null || course.nextClassDuration === null
      ? null
      : {
          id: course.opened ? course.nextClassId : null,
          title: course.nextClassTitle,
          scheduledAt: course.nextClassAt,
          durationMinutes: course.nextClassDuration,
        }
  return {
    id,
    title,
    description,
    instructorName,
    learnerCount,
    updatedAt,
    examCount,
    assignmentCount,
    opened,
    inCharge,
    outcomes,
    categories,
    enrollment,
    full: capacity !== null && learnerCount >= capacity,
    enrolled:
      course.enrollmentId === null
        ? null
        : {
            progress: progress ?? 0,
            completedAt,
            certificateCode: course.certificateCode,
            leaderboard: course.leaderboard,
          },
    modules,
    graded: examCount + assignmentCount,
    coverUrl: publicUrl(school.id, course.thumbnail),
    instructorAvatarUrl: publicUrl(school.id, course.instructorAvatar),
    lessonCount: modules.reduce((count, module) => count + module.lessons.length, 0),
    durationSeconds: modules.reduce((seconds, module) => seconds + module.durationSeconds, 0),
    nextLiveClass: live,
  }
}

/**
 * What `Lesson.videoUrl` stands for; null for an address that is neither ours nor of a known platform.
 * @param captions storage key of an uploaded film's captions; a public film's lie beside it
 */
export function videoOf(
  school: School,
  videoUrl: string | null,
  captions: string | null = null,
): LessonVideo | null {
  if (videoUrl === null) return null
  const film = filmOf(videoUrl)
  if (film !== null) return film
  const url = lessonFileUrl(school.id, videoUrl)
  if (url === null) return null
  const own = captions === null ? null : lessonFileUrl(school.id, captions)
  if (publicUrl(school.id, videoUrl) === null) return { url, captionsUrl: own, posterUrl: null }
  const stem = url.replace(/\.[a-z0-9]+$/, '')
  return { url, captionsUrl: own ?? `${stem}.vtt`, posterUrl: `${stem}.webp` }
}

const EMPTY: LessonDocument = { type: 'doc', content: [{ type: 'paragraph' }] }

function learnerOf(lesson: OpenLesson): LessonLearner | null {
  if (lesson.enrollmentId === null) return null
  const { completionPercent: percent, completed: done, lastPosition: resumeAt, watchedSeconds } = lesson
  // A film whose length nobody knows can't be watched to a part of it: the learner's own word counts.
  const rule =
    lesson.completion === 'WATCHED' && !(Number(lesson.duration) > 0) ? 'MARKED' : lesson.completion
  return {
    rule,
    percent,
    done,
    viewed: lesson.viewed,
    resumeAt,
    watchedSeconds,
    progress: lesson.progress ?? 0,
  }
}

/**
 * A lesson with its place in the course. Its neighbours are the nearest lessons that are open as well; the next one may
 * be one that waits for just this lesson.
 */
export function lessonOf(school: School, lesson: OpenLesson, rows: readonly OutlineRow[]): LessonView {
  const lessons = rows.filter((row) => row.lessonId !== null)
  const index = lessons.findIndex((row) => row.lessonId === lesson.id)
  const near = (row: OutlineRow | undefined): LessonNeighbour | null =>
    row === undefined || row.lessonId === null || row.lessonTitle === null
      ? null
      : { id: row.lessonId, title: row.lessonTitle }
  const shown = lesson.released || lesson.inCharge
  const own = lessons[index]
  return {
    id: lesson.id,
    title: lesson.title,
    courseId: lesson.courseId,
    courseTitle: lesson.courseTitle,
    moduleTitle: lesson.moduleTitle,
    position: index + 1,
    total: lessons.length,
    durationSeconds: lesson.duration,
    document: shown ? (lesson.content === null ? EMPTY : parseDocument(lesson.content)) : null,
    video: videoOf(school, lesson.videoUrl, lesson.captions),
    lock: own === undefined ? null : lockOf(own, rows),
    outline: lesson.opened ? modulesOf(rows, lesson) : [],
    learner: learnerOf(lesson),
    previous: near(lessons.slice(0, Math.max(index, 0)).findLast((row) => isOpen(row, lesson))),
    next: near(
      lessons.slice(index + 1).find((row) => isOpen(row, lesson) || opensAfter(row, lesson.id, lesson)),
    ),
  }
}
