import type { Rubric } from '#lib/assignments/contract/rubric'
import type { AssignmentSettings } from '#lib/assignments/contract'
import { CONTENT_VERSION } from '#lib/content/document'
import type { Question } from '#lib/exams/contract'
import type { ExamSettings } from '#lib/exams/contract/settings'
import { banked } from './bank-links'
import { after, daysFrom, HOUR, MINUTE, type Anchor } from './clock'
import type { SeedCourse, SeedLesson } from './content/load'
import { seedId } from './ids'
import { rubricFor } from './rubrics'
import { schemeFor, tutorFor } from './schemes'
import type { Person } from './people'
import type { Rows } from './rows'
import { hasLeaderboard } from './leaderboards'
import { schoolOf, type SeedSchool } from './schools'

/** A lesson as learners' rows refer to it. */
export interface BuiltLesson {
  id: string
  slug: string
  title: string
  minutes: number
  video: 'none' | 'clip' | 'external'
}

export interface BuiltExam {
  id: string
  slug: string
  versionId: string
  title: string
  minutes: number
  questions: Question[]
  settings: ExamSettings
  instructions: string | null
  accessCode: string | null
  opensAt: Date | null
  closesAt: Date | null
}

export interface BuiltAssignment {
  id: string
  title: string
  dueAt: Date
  accepts: ('TEXT' | 'LINK' | 'FILE')[]
  settings: AssignmentSettings
  rubric: Rubric
}

const ON_TIME_OR_NOT = { graceMinutes: 15, percentPerDay: '10', floorPercent: '40', daysOpen: 7 }
const WHENEVER = { graceMinutes: 0, percentPerDay: '0', floorPercent: '0', daysOpen: null }

export interface BuiltClass {
  id: string
  title: string
  at: Date
}

/** A course with the ids of everything in it. */
export interface BuiltCourse {
  id: string
  slug: string
  title: string
  school: SeedSchool
  instructor: Person
  status: SeedCourse['status']
  createdAt: Date
  /** Null for a draft. */
  publishedAt: Date | null
  /** Null unless archived. */
  archivedAt: Date | null
  lessons: BuiltLesson[]
  exams: BuiltExam[]
  assignments: BuiltAssignment[]
  classes: BuiltClass[]
  source: SeedCourse
}

/** Older than the eight weeks of activity, and each on a day of its own, so that lists have one order. */
const FIRST_PUBLISHED = -72
const BETWEEN_COURSES = 17
const ARCHIVED = -65

function dates(anchor: Anchor, status: SeedCourse['status'], position: number) {
  const nine = 9 * HOUR
  if (status === 'DRAFT') {
    return { createdAt: after(daysFrom(anchor, -12 - position), nine), publishedAt: null, archivedAt: null }
  }
  const published = FIRST_PUBLISHED - BETWEEN_COURSES * position - (status === 'ARCHIVED' ? 120 : 0)
  return {
    createdAt: after(daysFrom(anchor, published - 31), nine),
    publishedAt: after(daysFrom(anchor, published), nine + 20 * MINUTE),
    archivedAt: status === 'ARCHIVED' ? after(daysFrom(anchor, ARCHIVED), nine) : null,
  }
}

function videoOf({ videoUrl }: SeedLesson): BuiltLesson['video'] {
  if (videoUrl === null) return 'none'
  return videoUrl.startsWith('https:') ? 'external' : 'clip'
}

function buildExam(anchor: Anchor, courseId: string, exam: SeedCourse['exams'][number]): BuiltExam {
  const id = seedId('exam', courseId, exam.slug)
  const { opensDaysFromNow: opens, closesDaysFromNow: closes } = exam
  return {
    id,
    slug: exam.slug,
    versionId: seedId('exam version', id, 1),
    title: exam.title,
    minutes: exam.durationMinutes,
    questions: banked(id, exam.questions),
    settings: { ...exam.settings, passPercent: exam.passMark },
    instructions: exam.instructions,
    accessCode: exam.accessCode,
    opensAt: opens === null ? null : daysFrom(anchor, opens),
    closesAt: closes === null ? null : daysFrom(anchor, closes),
  }
}

function instructorOf(people: readonly Person[], tenantId: string, email: string): Person {
  const found = people.find((one) => one.tenantId === tenantId && one.email === email)
  if (found === undefined) throw new Error(`There is no ${email} in the demo world to teach a course.`)
  return found
}

/** A course with its ids and dates. `position` is its place among the courses of its school and status. */
export function buildCourse(
  anchor: Anchor,
  people: readonly Person[],
  source: SeedCourse,
  position: number,
): BuiltCourse {
  const school = schoolOf(source.tenant)
  const id = seedId('course', school.id, source.slug)
  return {
    id,
    slug: source.slug,
    title: source.title,
    school,
    instructor: instructorOf(people, school.id, source.instructor),
    status: source.status,
    ...dates(anchor, source.status, position),
    lessons: source.modules.flatMap((module) =>
      module.lessons.map((lesson) => ({
        id: lessonId(id, module.slug, lesson.slug),
        slug: lesson.slug,
        title: lesson.title,
        minutes: lesson.minutes,
        video: videoOf(lesson),
      })),
    ),
    exams: source.exams.map((exam) => buildExam(anchor, id, exam)),
    assignments: source.assignments.map(({ slug, title, dueDaysFromNow }, index) => ({
      id: seedId('assignment', id, slug),
      title,
      rubric: index === 0 ? rubricFor(seedId('assignment', id, slug)) : [],
      // Until the end of the day, as people expect of a date.
      dueAt: after(daysFrom(anchor, dueDaysFromNow), 22 * HOUR),
      accepts: index === 0 ? ['TEXT', 'LINK'] : ['TEXT', 'FILE'],
      settings: index === 0 ? { late: ON_TIME_OR_NOT, times: 3 } : { late: WHENEVER, times: null },
    })),
    classes: source.liveClasses.map(({ slug, title, inDays, hourUtc }) => ({
      id: seedId('live class', id, slug),
      title,
      at: after(daysFrom(anchor, inDays), hourUtc * HOUR),
    })),
    source,
  }
}

function lessonId(courseId: string, module: string, lesson: string): string {
  return seedId('lesson', courseId, module, lesson)
}

type Kinds = 'Category' | 'Course' | 'CourseCategory' | 'Module' | 'Lesson'

/** The shelves of each school's catalogue, and what stands on them. */
function shelfRows(courses: readonly BuiltCourse[]): Pick<Rows, 'Category' | 'CourseCategory'> {
  const shelves = courses.flatMap(({ id: courseId, school, source, createdAt }) =>
    source.categories.map((name) => ({
      ...{ id: seedId('category', school.id, name), tenantId: school.id, name, createdAt },
      courseId,
    })),
  )
  const first = new Map(shelves.toReversed().map((shelf) => [shelf.id, shelf]))
  return {
    Category: [...first.values()].map(({ courseId: _courseId, ...row }) => row),
    CourseCategory: shelves.map(({ id: categoryId, tenantId, courseId }) => ({
      ...{ id: seedId('course category', courseId, categoryId), tenantId, courseId, categoryId },
    })),
  }
}

/** Lessons of a course. The first of its last module waits for the one before it: that is how a part stays closed. */
function lessonRows(course: BuiltCourse): Rows['Lesson'] {
  const { id, school, source, createdAt, publishedAt, archivedAt } = course
  const last = source.modules.length - 1
  const before = source.modules.slice(0, last).flatMap((module) => module.lessons).length - 1
  return source.modules.flatMap((module, position) =>
    module.lessons.map((lesson, place) => ({
      ...{ id: lessonId(id, module.slug, lesson.slug), tenantId: school.id, title: lesson.title },
      moduleId: seedId('module', id, module.slug),
      content: JSON.stringify(lesson.document),
      contentVersion: CONTENT_VERSION,
      contentText: lesson.plainText,
      videoUrl: lesson.videoUrl,
      duration: lesson.minutes * 60,
      preview: lesson.preview,
      releaseAfterId: position === last && place === 0 ? (course.lessons[before]?.id ?? null) : null,
      order: place,
      createdAt,
      updatedAt: archivedAt ?? publishedAt ?? createdAt,
    })),
  )
}

/** Courses with their modules and lessons, and where they stand in the catalogue. */
export function courseRows(courses: readonly BuiltCourse[]): Pick<Rows, Kinds> {
  return {
    ...shelfRows(courses),
    Course: courses.map((course) => {
      const { id, school, instructor, source, createdAt, publishedAt, archivedAt } = course
      const { title, description, status, outcomes, enrollment, enrollmentKey, capacity } = source
      return {
        ...{ id, tenantId: school.id, instructorId: instructor.id, title, description, status },
        ...{ outcomes, enrollment, enrollmentKey, capacity, grading: schemeFor(course) },
        tutor: tutorFor(course),
        leaderboard: hasLeaderboard(course),
        ...{ publishedAt, createdAt, updatedAt: archivedAt ?? publishedAt ?? createdAt },
      }
    }),
    Module: courses.flatMap(({ id, school, source, createdAt }) =>
      source.modules.map((module, order) => ({
        ...{ id: seedId('module', id, module.slug), tenantId: school.id, courseId: id },
        ...{ title: module.title, order, createdAt },
      })),
    ),
    Lesson: courses.flatMap(lessonRows),
  }
}
