import { after, daysFrom, DAY, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import type { Rows } from './rows'

type EventRows = Pick<Rows, 'Exam' | 'ExamVersion' | 'Assignment' | 'LiveClass'>

function examRows({
  id: courseId,
  school,
  createdAt,
  exams,
}: BuiltCourse): Pick<EventRows, 'Exam' | 'ExamVersion'> {
  const madeAt = after(createdAt, 20 * DAY)
  const common = { tenantId: school.id, createdAt: madeAt }
  return {
    Exam: exams.map(({ id, title, minutes, questions, opensAt, closesAt, ...exam }, index) => ({
      ...common,
      id,
      title,
      courseId,
      instructions: exam.instructions,
      accessCode: exam.accessCode,
      settings: exam.settings,
      duration: minutes,
      questions,
      // With its first version; nobody takes an exam in a course that isn’t published.
      publishedAt: madeAt,
      startDate: opensAt,
      endDate: closesAt,
      updatedAt: after(madeAt, index * DAY),
    })),
    ExamVersion: exams.map(({ id, versionId, minutes, questions, settings }) => ({
      ...common,
      id: versionId,
      examId: id,
      number: 1,
      duration: minutes,
      questions,
      settings,
    })),
  }
}

/** Exams with their first version, assignments and live classes. A recording is there once the class is over. */
export function courseEventRows(anchor: Anchor, courses: readonly BuiltCourse[]): EventRows {
  const rows: EventRows = { Exam: [], ExamVersion: [], Assignment: [], LiveClass: [] }
  for (const course of courses) {
    const { id: courseId, createdAt, source } = course
    const tenantId = course.school.id
    const exams = examRows(course)
    rows.Exam.push(...exams.Exam)
    rows.ExamVersion.push(...exams.ExamVersion)
    course.assignments.forEach(({ id, title, dueAt, accepts, settings, rubric }, index) => {
      const description = source.assignments[index]?.description ?? null
      rows.Assignment.push({
        id,
        tenantId,
        courseId,
        title,
        description,
        accepts,
        settings,
        rubric,
        dueDate: dueAt,
        publishedAt: createdAt,
        createdAt,
        updatedAt: createdAt,
      })
    })
    course.classes.forEach(({ id, at, title }, index) => {
      const live = source.liveClasses[index]
      if (live === undefined) return
      const { platform, meetingUrl, durationMinutes: duration } = live
      const recordingUrl = at < daysFrom(anchor, 0) ? live.recordingUrl : null
      const common = {
        id,
        tenantId,
        courseId,
        title,
        platform,
        meetingUrl,
        scheduledAt: at,
        duration,
        recordingUrl,
        ...{ notes: null, series: null, cancelledAt: null, sequence: 0 },
      }
      rows.LiveClass.push({ ...common, createdAt, updatedAt: createdAt })
    })
  }
  return rows
}
