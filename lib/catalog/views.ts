import 'server-only'
import { type LessonDocument, parseDocument } from '#lib/content/document'
import type { CatalogueRow, OpenLesson, OutlineRow, PublishedCourse } from '#lib/db/queries/catalog'
import { publicUrl } from '#lib/files/rules'
import type { School } from '#lib/tenancy/school'
import type {
  CourseCard,
  CourseOutline,
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

/** Rows of lessons, grouped into their modules; order is the rows' own. `opened`: the reader may open them all. */
export function modulesOf(rows: readonly OutlineRow[], opened: boolean): OutlineModule[] {
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
      open: preview || opened,
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
  const modules = modulesOf(rows, course.opened)
  const { id, title, description, instructorName, learnerCount, updatedAt, examCount, assignmentCount } =
    course
  const { opened } = course
  const live =
    course.nextClassTitle === null || course.nextClassAt === null || course.nextClassDuration === null
      ? null
      : {
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
    modules,
    coverUrl: publicUrl(school.id, course.thumbnail),
    instructorAvatarUrl: publicUrl(school.id, course.instructorAvatar),
    lessonCount: modules.reduce((count, module) => count + module.lessons.length, 0),
    durationSeconds: modules.reduce((seconds, module) => seconds + module.durationSeconds, 0),
    nextLiveClass: live,
  }
}

const YOUTUBE = /^https:\/\/(?:www\.)?(?:youtube\.com\/watch\?v=|youtu\.be\/)([A-Za-z0-9_-]{6,20})(?:$|[&?#])/
const VIMEO = /^https:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{5,12})(?:$|[?#/])/

/** What `Lesson.videoUrl` stands for; null for an address that is neither ours nor of a known platform. */
export function videoOf(school: School, videoUrl: string | null): LessonVideo | null {
  if (videoUrl === null) return null
  const youtube = YOUTUBE.exec(videoUrl)?.[1]
  if (youtube !== undefined) return { provider: 'youtube', id: youtube }
  const vimeo = VIMEO.exec(videoUrl)?.[1]
  if (vimeo !== undefined) return { provider: 'vimeo', id: vimeo }
  const url = publicUrl(school.id, videoUrl)
  if (url === null) return null
  const stem = url.replace(/\.[a-z0-9]+$/, '')
  return { url, captionsUrl: `${stem}.vtt`, posterUrl: `${stem}.webp` }
}

const EMPTY: LessonDocument = { type: 'doc', content: [{ type: 'paragraph' }] }

/** A lesson with its place in the course. Its neighbours are the nearest lessons that are open as well. */
export function lessonOf(school: School, lesson: OpenLesson, rows: readonly OutlineRow[]): LessonView {
  const lessons = rows.filter((row) => row.lessonId !== null)
  const index = lessons.findIndex((row) => row.lessonId === lesson.id)
  const isOpen = (row: OutlineRow) => row.preview || lesson.opened
  const open = (row: OutlineRow | undefined): LessonNeighbour | null =>
    row === undefined || row.lessonId === null || row.lessonTitle === null
      ? null
      : { id: row.lessonId, title: row.lessonTitle }
  return {
    id: lesson.id,
    title: lesson.title,
    courseId: lesson.courseId,
    courseTitle: lesson.courseTitle,
    moduleTitle: lesson.moduleTitle,
    position: index + 1,
    total: lessons.length,
    durationSeconds: lesson.duration,
    document: lesson.content === null ? EMPTY : parseDocument(lesson.content),
    video: videoOf(school, lesson.videoUrl),
    previous: open(lessons.slice(0, Math.max(index, 0)).findLast(isOpen)),
    next: open(lessons.slice(index + 1).find(isOpen)),
  }
}
