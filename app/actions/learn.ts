'use server'
import { anyPerson, can } from '#lib/auth/access'
import { action, notAudited, realmAction } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { GoTo } from '#lib/auth/redirect'
import { unenroll } from '#lib/db/queries/enrollments'
import { AppError } from '#lib/errors'
import { enrollForm, leaveForm, markForm } from '#lib/learning/contract'
import { enterCourse } from '#lib/learning/enter-course'
import { recordProgress } from '#lib/learning/record-progress'

/** Enters a course that is open to the learner, or whose key they have. A key is counted in a unit of its own. */
export const enrollMe = realmAction({
  id: 'enrollment.enter',
  access: can('enrollment:create'),
  input: enrollForm,
  run: async ({ realm, actor, input, unit, record, locale }) => {
    if (realm.school === null) throw new AppError('not_found', 'The platform has no courses.')
    const { courseId, key = null } = input
    await enterCourse(unit, {
      ...{ userId: person(actor).userId, courseId, key, locale },
      record: (db) => record(db, { targetType: 'Course', targetId: courseId }),
    })
    throw new GoTo(`/courses/${courseId}?done=enrolled`)
  },
})

/** Leaves a course; what was done in it goes with the enrollment. */
export const leaveCourse = action({
  id: 'enrollment.leave',
  access: anyPerson('Everybody may leave a course that they are enrolled in.'),
  input: leaveForm,
  run: async ({ db, actor, input }) => {
    await unenroll(db, { userId: person(actor).userId, courseId: input.courseId })
    return input.courseId
  },
  audit: (_context, courseId) => ({ targetType: 'Course', targetId: courseId }),
  then: (courseId) => `/courses/${courseId}?done=left`,
})

/** The learner's own word that a lesson is done, or isn't after all. */
export const markLesson = action({
  id: 'learning.mark',
  access: anyPerson('Everybody may mark lessons of courses that they are enrolled in.'),
  input: markForm,
  run: async ({ db, actor, input }) => {
    const { courseId, lessonId, done, next } = input
    const marks = [{ lessonId, position: null, completed: done === 'yes', viewed: true }]
    const { userId } = person(actor)
    const { courseCompleted } = await recordProgress(db, { userId, courseId, marks, now: new Date() })
    return { courseId, lessonId, next: done === 'yes' ? next : undefined, courseCompleted }
  },
  audit: notAudited('A learner’s own progress, kept with its time in LessonProgress.'),
  then: ({ courseId, lessonId, next, courseCompleted }) => {
    if (courseCompleted) return `/courses/${courseId}?done=completed`
    return `/learn/${courseId}/${next ?? lessonId}`
  },
})
