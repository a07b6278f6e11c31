import { announcementRows, settingsRows } from './announcements'
import { accommodationRows, makeAccommodations } from './accommodations'
import { bankRows } from './bank'
import { certificateRows } from './certificates'
import { breakRows } from './breaks'
import { askedCounters, chatRows, tutorQuestionRows } from './chats'
import type { Anchor } from './clock'
import { loadCourses } from './content/load'
import { courseEventRows } from './course-events'
import { buildCourse, courseRows, type BuiltCourse } from './courses'
import { gradeRows } from './grades'
import { examEventRows } from './exam-events'
import { sittingRows } from './exam-rows'
import { liveSeriesRows } from './live-series'
import { learningRows, makeLearning } from './learning'
import { deedsOf, makeBadges, motivationRows } from './motivation'
import { notificationRows } from './notices'
import { auditRows, roleRows } from './offices'
import { makePeople, personRows, type Person } from './people'
import { privateDraftRows } from './private-drafts'
import type { Rows } from './rows'
import { schoolOf, schoolRows } from './schools'
import { showingRows } from './showing'
import { invitationRows, roleAssignmentRows } from './joining'
import { makeSittings } from './sittings'
import { assetKey, type StoredFile, storedFileRows } from './storage'
import { extensionRows, makeSubmissions, submissionRows, versionRows, workFiles } from './submissions'

/** Everything the demo world is made of: rows for the database, files for the store. */
export interface World {
  rows: Rows
  files: StoredFile[]
}

type Folders = Pick<Parameters<typeof loadCourses>[0], 'contentRoot' | 'assetRoot'>

function buildCourses(anchor: Anchor, people: readonly Person[], where: Folders): BuiltCourse[] {
  const sources = loadCourses({ ...where, assetKey: (tenant, name) => assetKey(schoolOf(tenant).id, name) })
  const places = new Map<string, number>()
  return sources.map((source) => {
    const kind = `${source.tenant} ${source.status}`
    const place = places.get(kind) ?? 0
    places.set(kind, place + 1)
    return buildCourse(anchor, people, source, place)
  })
}

function filesOf(courses: readonly BuiltCourse[]): StoredFile[] {
  return courses.flatMap(({ school, source }) =>
    source.assets.map(({ name, path }) => ({ path, key: assetKey(school.id, name) })),
  )
}

/**
 * The demo world as of a day. Reads the course folders and nothing else: the same day gives the same world.
 * Throws SeedContentError when a course file is wrong. `where` names other folders than the repository's own.
 */
export function buildWorld(anchor: Anchor, where: Folders = {}): World {
  const people = makePeople(anchor)
  const courses = buildCourses(anchor, people, where)
  const learnings = makeLearning(anchor, people, courses)
  const accommodations = makeAccommodations(anchor, learnings)
  const sittings = makeSittings(anchor, learnings, accommodations)
  const handedIn = makeSubmissions(anchor, learnings)
  const deeds = deedsOf(learnings, sittings)
  const badges = makeBadges(anchor, deeds)
  const shown = courseRows(courses)
  const drafts = privateDraftRows(anchor, people)
  const events = courseEventRows(anchor, courses)
  const series = liveSeriesRows(anchor, courses, learnings)
  const files = [...filesOf(courses), ...workFiles(handedIn)]
  const stored = storedFileRows(anchor, files)
  const chats = chatRows(anchor, people, courses, learnings)
  const asked = tutorQuestionRows(chats)
  const rows: Rows = {
    Tenant: schoolRows(anchor),
    User: personRows(anchor, people),
    Role: roleRows(anchor),
    RoleAssignment: roleAssignmentRows(anchor, people),
    Invitation: invitationRows(anchor, people),
    Category: shown.Category,
    CourseCategory: shown.CourseCategory,
    Course: [...shown.Course, ...drafts.Course],
    Module: [...shown.Module, ...drafts.Module],
    Lesson: [...shown.Lesson, ...drafts.Lesson],
    ...learningRows(learnings),
    ...events,
    LiveClass: [...events.LiveClass, ...series.LiveClass],
    ClassAttendance: series.ClassAttendance,
    ...sittingRows(sittings),
    ExamEvent: examEventRows(sittings),
    ExamAccommodation: accommodationRows(accommodations),
    BankQuestion: bankRows(courses),
    Submission: submissionRows(handedIn),
    SubmissionVersion: versionRows(handedIn),
    AssignmentExtension: extensionRows(anchor, learnings),
    ...gradeRows(anchor, handedIn),
    AIChat: chats,
    TutorQuestion: asked,
    Notification: notificationRows({ anchor, people, courses, learnings, sittings, handedIn, badges }),
    NotificationSettings: settingsRows(anchor, people),
    Announcement: announcementRows(anchor, people, courses),
    Certificate: certificateRows(learnings),
    ...motivationRows(anchor, deeds, badges),
    ...showingRows(anchor, learnings),
    SchoolBreak: breakRows(anchor),
    AuditLog: auditRows(anchor, people, courses),
    StoredFile: stored.StoredFile,
    UsageCounter: [...stored.UsageCounter, ...askedCounters(anchor, asked)],
  }
  return { rows, files }
}
