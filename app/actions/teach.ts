'use server'
import { anyPerson, can } from '#lib/auth/access'
import { action, notAudited, realmAction } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { GoTo } from '#lib/auth/redirect'
import type { LessonDocument } from '#lib/content/document'
import { AppError } from '#lib/errors'
import { limitsOf } from '#lib/plans/rules'
import { arrangeOutline as arrange } from '#lib/teach/arrange-outline'
import { changeDetails } from '#lib/teach/change-details'
import * as lessons from '#lib/teach/change-lessons'
import * as modules from '#lib/teach/change-modules'
import * as status from '#lib/teach/change-status'
import * as forms from '#lib/teach/contract'
import { createCourse as create } from '#lib/teach/create-course'
import { duplicateCourse as duplicate } from '#lib/teach/duplicate-course'
import * as learners from '#lib/teach/enroll-person'
import { newId } from '#lib/teach/new-id'
import { changeOutline } from '#lib/teach/outline'
import { readDetails as details } from '#lib/teach/read-details'
import { removeCover as takeCover, setCover } from '#lib/teach/set-cover'
import { headingIds } from '../../components/lesson/heading-ids'
import { authorOf, managerOf } from '../school/[subdomain]/teach/editing'

function anchorsOf(document: LessonDocument): ReadonlySet<string> {
  return new Set(headingIds(document).values())
}

const ofCourse = (targetId: string) => ({ targetType: 'Course', targetId })
const ofModule = (targetId: string) => ({ targetType: 'Module', targetId })
const ofLesson = (targetId: string) => ({ targetType: 'Lesson', targetId })
const publishOf = (courseId: string, done: forms.PublishDone) =>
  `/teach/courses/${courseId}/publish?done=${done}`
const peopleOf = (courseId: string, done: forms.PeopleDone) =>
  `/teach/courses/${courseId}/people?done=${done}`

/** A new draft, and straight to its outline. */
export const createCourse = action({
  id: 'course.create',
  access: can('course:create'),
  input: forms.createCourseForm,
  run: ({ db, school, actor, input: { title, key } }) => {
    const { userId } = person(actor)
    const { courses } = limitsOf(school.plan)
    return create(db, { id: newId(school.id, userId, key), instructorId: userId, title, limit: courses })
  },
  audit: ({ input }, { id, created }) =>
    created ? { ...ofCourse(id), after: { title: input.title } } : null,
  then: ({ id }) => `/teach/courses/${id}`,
})

/** The outline as it is now, for an editor that has fallen behind. */
export const readOutline = action({
  id: 'course.read-outline',
  access: can('course:edit'),
  input: forms.courseForm,
  run: ({ db, actor, input: { courseId } }) =>
    changeOutline(db, { courseId, by: authorOf(actor) }, async () => ({ id: courseId })),
  audit: notAudited('Reads and changes nothing.'),
})

export const addModule = action({
  id: 'course.add-module',
  access: can('course:edit'),
  input: forms.addModuleForm,
  run: ({ db, school, actor, input: { courseId, title, key } }) => {
    const by = authorOf(actor)
    return modules.addModule(db, { id: newId(school.id, by.userId, key), courseId, by, title })
  },
  audit: ({ input: { courseId, title } }, { id }) => ({ ...ofModule(id), after: { title, courseId } }),
})

export const renameModule = action({
  id: 'course.rename-module',
  access: can('course:edit'),
  input: forms.renameModuleForm,
  run: ({ db, actor, input }) => modules.renameModule(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { title } }, { id, before }) =>
    before === title ? null : { ...ofModule(id), before: { title: before }, after: { title } },
})

export const removeModule = action({
  id: 'course.delete-module',
  access: can('course:edit'),
  input: forms.moduleForm,
  run: ({ db, actor, input }) => modules.removeModule(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { courseId } }, { id, before }) => ({
    ...ofModule(id),
    before: { title: before, courseId },
  }),
})

export const restoreModule = action({
  id: 'course.restore-module',
  access: can('course:edit'),
  input: forms.moduleForm,
  run: ({ db, actor, input }) => modules.restoreModule(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { courseId } }, { id }) => ({ ...ofModule(id), after: { courseId } }),
})

export const addLesson = action({
  id: 'course.add-lesson',
  access: can('course:edit'),
  input: forms.addLessonForm,
  run: ({ db, school, actor, input: { courseId, moduleId, title, key } }) => {
    const by = authorOf(actor)
    return lessons.addLesson(db, { id: newId(school.id, by.userId, key), courseId, moduleId, by, title })
  },
  audit: ({ input: { courseId, title } }, { id }) => ({ ...ofLesson(id), after: { title, courseId } }),
})

export const renameLesson = action({
  id: 'course.rename-lesson',
  access: can('course:edit'),
  input: forms.renameLessonForm,
  run: ({ db, actor, input }) => lessons.renameLesson(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { title } }, { id, before }) =>
    before === title ? null : { ...ofLesson(id), before: { title: before }, after: { title } },
})

export const removeLesson = action({
  id: 'course.delete-lesson',
  access: can('course:edit'),
  input: forms.lessonForm,
  run: ({ db, actor, input }) => lessons.removeLesson(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { courseId } }, { id, before }) => ({
    ...ofLesson(id),
    before: { title: before, courseId },
  }),
})

export const restoreLesson = action({
  id: 'course.restore-lesson',
  access: can('course:edit'),
  input: forms.lessonForm,
  run: ({ db, actor, input }) => lessons.restoreLesson(db, { ...input, by: authorOf(actor) }),
  audit: ({ input: { courseId } }, { id }) => ({ ...ofLesson(id), after: { courseId } }),
})

/** Modules and lessons in another order. */
export const arrangeOutline = action({
  id: 'course.arrange',
  access: can('course:edit'),
  input: forms.arrangeForm,
  run: ({ db, actor, input }) => arrange(db, { ...input, by: authorOf(actor) }),
  audit: (_context, { id, changed }) => (changed ? ofCourse(id) : null),
})

/** The details as they are now, for a form that has fallen behind. */
export const readDetails = action({
  id: 'course.read-details',
  access: can('course:edit'),
  input: forms.courseForm,
  run: ({ db, actor, input: { courseId } }) => details(db, { courseId, by: authorOf(actor) }),
  audit: notAudited('Reads and changes nothing.'),
})

export const saveDetails = action({
  id: 'course.details',
  access: can('course:edit'),
  input: forms.detailsForm,
  run: async ({ db, school, actor, input }) => ({
    courseId: input.courseId,
    changed: await changeDetails(db, { by: authorOf(actor), locale: school.locale, form: input }),
  }),
  audit: (_context, { courseId, changed }) =>
    changed === null ? null : { ...ofCourse(courseId), ...changed },
  then: ({ courseId }) => `/teach/courses/${courseId}/details?done=saved`,
})

export const uploadCover = realmAction({
  id: 'course.cover',
  access: can('course:edit'),
  input: forms.coverForm,
  run: async ({ realm, actor, input: { courseId, file }, unit, record }) => {
    if (realm.school === null) throw new AppError('not_found', 'The platform has no courses.')
    const limitBytes = limitsOf(realm.school.plan).storageBytes
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { id: tenantId } = realm.school
    await setCover({ unit, record }, { tenantId, courseId, by: authorOf(actor), bytes, limitBytes })
    throw new GoTo(`/teach/courses/${courseId}/details?done=cover`)
  },
})

export const removeCover = realmAction({
  id: 'course.cover-remove',
  access: can('course:edit'),
  input: forms.courseForm,
  run: async ({ realm, actor, input: { courseId }, unit, record }) => {
    if (realm.school === null) throw new AppError('not_found', 'The platform has no courses.')
    await takeCover({ unit, record }, { courseId, by: authorOf(actor) })
    throw new GoTo(`/teach/courses/${courseId}/details?done=cover-removed`)
  },
})

export const publishCourse = action({
  id: 'course.publish',
  access: can('course:publish'),
  input: forms.courseForm,
  run: async ({ db, school, actor, input: { courseId } }) => ({
    courseId,
    ...(await status.publishCourse(db, { courseId, by: authorOf(actor), anchorsOf, locale: school.locale })),
  }),
  audit: (_context, { courseId, before, after }) =>
    before === after ? null : { ...ofCourse(courseId), before: { status: before }, after: { status: after } },
  then: ({ courseId }) => publishOf(courseId, 'published'),
})

export const archiveCourse = action({
  id: 'course.archive',
  access: can('course:publish'),
  input: forms.courseForm,
  run: async ({ db, actor, input: { courseId } }) => ({
    courseId,
    ...(await status.archiveCourse(db, { courseId, by: authorOf(actor) })),
  }),
  audit: (_context, { courseId, before, after }) =>
    before === after ? null : { ...ofCourse(courseId), before: { status: before }, after: { status: after } },
  then: ({ courseId }) => publishOf(courseId, 'archived'),
})

/** Back to a draft. */
export const redraftCourse = action({
  id: 'course.draft',
  access: can('course:publish'),
  input: forms.courseForm,
  run: async ({ db, school, actor, input: { courseId } }) => ({
    courseId,
    ...(await status.redraftCourse(db, { courseId, by: authorOf(actor), locale: school.locale })),
  }),
  audit: (_context, { courseId, before, after }) =>
    before === after ? null : { ...ofCourse(courseId), before: { status: before }, after: { status: after } },
  then: ({ courseId }) => publishOf(courseId, 'draft'),
})

export const duplicateCourse = action({
  id: 'course.duplicate',
  access: can('course:create'),
  input: forms.duplicateForm,
  run: ({ db, school, actor, input: { courseId, key } }) => {
    const by = authorOf(actor)
    const limit = limitsOf(school.plan).courses
    const id = newId(school.id, by.userId, key)
    return duplicate(db, { id, courseId, by, limit, locale: school.locale })
  },
  audit: ({ input }, { id, created, title }) =>
    created ? { ...ofCourse(id), after: { title, copyOf: input.courseId } } : null,
  then: ({ id }) => publishOf(id, 'copied'),
})

export const removeCourse = action({
  id: 'course.delete',
  access: can('course:edit'),
  input: forms.courseForm,
  run: ({ db, actor, input: { courseId } }) => status.removeCourse(db, { courseId, by: authorOf(actor) }),
  audit: (_context, { id, title }) => ({ ...ofCourse(id), before: { title }, after: { deleted: true } }),
  then: ({ id }) => `/teach?done=deleted&course=${id}`,
})

export const restoreCourse = action({
  id: 'course.restore',
  access: can('course:edit'),
  input: forms.courseForm,
  run: ({ db, school, actor, input: { courseId } }) =>
    status.restoreCourse(db, { courseId, by: authorOf(actor), limit: limitsOf(school.plan).courses }),
  audit: ({ input }, restored) =>
    restored ? { ...ofCourse(input.courseId), after: { deleted: false } } : null,
  then: () => '/teach?done=restored',
})

export const enrollPerson = action({
  id: 'course.enroll',
  access: anyPerson('The resource decides: the course’s instructor, and whoever may manage enrollments.'),
  input: forms.enrollForm,
  run: async ({ db, school, actor, input: { courseId, email } }) => ({
    courseId,
    ...(await learners.enrollPerson(db, { courseId, by: managerOf(actor), email, locale: school.locale })),
  }),
  audit: (_context, { courseId, userId, created }) =>
    created ? { targetType: 'User', targetId: userId, after: { courseId } } : null,
  then: ({ courseId, created }) => peopleOf(courseId, created ? 'enrolled' : 'there'),
})

export const removeLearner = action({
  id: 'course.unenroll',
  access: anyPerson('The resource decides: the course’s instructor, and whoever may manage enrollments.'),
  input: forms.unenrollForm,
  run: async ({ db, actor, input: { courseId, userId } }) => {
    await learners.removeLearner(db, { courseId, by: managerOf(actor), userId })
    return { courseId, userId }
  },
  audit: (_context, { courseId, userId }) => ({ targetType: 'User', targetId: userId, before: { courseId } }),
  then: ({ courseId }) => peopleOf(courseId, 'removed'),
})
