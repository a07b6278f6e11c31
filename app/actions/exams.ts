'use server'
import { can } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import { giveAccommodation as give, removeAccommodation as take } from '#lib/exams/accommodate'
import { settingTextsOf } from '#lib/exams/author-views'
import { changeSettings } from '#lib/exams/change-settings'
import * as forms from '#lib/exams/contract/authoring'
import { createExam as create, duplicateExam as duplicate } from '#lib/exams/create-exam'
import { publishExam as publish, unpublishExam as unpublish } from '#lib/exams/publish-exam'
import { removeExam as remove, restoreExam as restore } from '#lib/exams/remove-exam'
import { loadExam, readExam as read, saveExam as save } from '#lib/exams/save-exam'
import { newId } from '#lib/teach/new-id'
import { authorOf } from '../school/[subdomain]/teach/editing'

const ofExam = (targetId: string) => ({ targetType: 'Exam', targetId })
const listOf = (courseId: string) => `/teach/courses/${courseId}/exams`

/** A new draft, and straight to its questions. */
export const createExam = action({
  id: 'exam.create',
  access: can('exam:edit'),
  input: forms.createExamForm,
  run: ({ db, school, actor, input: { courseId, title, key } }) => {
    const by = authorOf(actor)
    return create(db, { id: newId(school.id, by.userId, key), courseId, by, title })
  },
  audit: ({ input: { title, courseId } }, { id, created }) =>
    created ? { ...ofExam(id), after: { title, courseId } } : null,
  then: ({ id, courseId }) => `${listOf(courseId)}/${id}?done=created`,
})

export const duplicateExam = action({
  id: 'exam.duplicate',
  access: can('exam:edit'),
  input: forms.duplicateExamForm,
  run: ({ db, school, actor, input: { courseId, examId, key } }) => {
    const by = authorOf(actor)
    const id = newId(school.id, by.userId, key)
    return duplicate(db, { id, courseId, examId, by, locale: school.locale })
  },
  audit: ({ input }, { id, created, title }) =>
    created ? { ...ofExam(id), after: { title, copyOf: input.examId } } : null,
  then: ({ id, courseId }) => `${listOf(courseId)}/${id}?done=copied`,
})

export const removeExam = action({
  id: 'exam.delete',
  access: can('exam:edit'),
  input: forms.examForm,
  run: async ({ db, actor, input }) => ({
    ...input,
    ...(await remove(db, { ...input, by: authorOf(actor) })),
  }),
  audit: (_context, { examId, title }) => ({
    ...ofExam(examId),
    before: { title },
    after: { deleted: true },
  }),
  then: ({ courseId, examId }) => `${listOf(courseId)}?done=deleted&exam=${examId}`,
})

export const restoreExam = action({
  id: 'exam.restore',
  access: can('exam:edit'),
  input: forms.examForm,
  run: async ({ db, actor, input }) => ({
    courseId: input.courseId,
    restored: await restore(db, { ...input, by: authorOf(actor) }),
  }),
  audit: ({ input }, { restored }) =>
    restored ? { ...ofExam(input.examId), after: { deleted: false } } : null,
  then: ({ courseId }) => `${listOf(courseId)}?done=restored`,
})

/** The questions as they are now, for an editor that has fallen behind. */
export const readExam = action({
  id: 'exam.read',
  access: can('exam:edit'),
  input: forms.examForm,
  run: ({ db, school, actor, input }) =>
    read(db, { ...input, by: authorOf(actor), timeZone: school.timeZone }),
  audit: notAudited('Reads and changes nothing.'),
})

/** Title, questions and pools, while they are written. */
export const saveExam = action({
  id: 'exam.write',
  access: can('exam:edit'),
  input: forms.saveExamForm,
  run: ({ db, school, actor, input }) =>
    save(db, { ...input, by: authorOf(actor), timeZone: school.timeZone, action: 'exam.write' }),
  audit: ({ input: { examId, content } }, { logged }) =>
    logged
      ? { ...ofExam(examId), after: { title: content.title, questions: content.questions.length } }
      : null,
})

/** The settings as they are now, for a form that has fallen behind. */
export const readSettings = action({
  id: 'exam.read-settings',
  access: can('exam:edit'),
  input: forms.examForm,
  run: async ({ db, school, actor, input }) =>
    settingTextsOf(await loadExam(db, { ...input, by: authorOf(actor), timeZone: school.timeZone })),
  audit: notAudited('Reads and changes nothing.'),
})

export const saveSettings = action({
  id: 'exam.settings',
  access: can('exam:edit'),
  input: forms.settingsForm,
  run: async ({ db, school, actor, input }) => {
    const { courseId, examId } = input
    const { timeZone, locale } = school
    const changed = await changeSettings(db, { by: authorOf(actor), timeZone, locale, form: input })
    return { courseId, examId, changed }
  },
  audit: (_context, { examId, changed }) => (changed === null ? null : { ...ofExam(examId), ...changed }),
  then: ({ courseId, examId }) => `${listOf(courseId)}/${examId}/settings?done=saved`,
})

export const publishExam = action({
  id: 'exam.publish',
  access: can('exam:edit'),
  input: forms.examForm,
  run: ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return publish(db, { ...input, by: authorOf(actor), timeZone, locale })
  },
  audit: (_context, { examId, version, first, created }) =>
    first || created ? { ...ofExam(examId), after: { version } } : null,
  then: ({ courseId, examId, first }) =>
    `${listOf(courseId)}/${examId}/publish?done=${first ? 'published' : 'again'}`,
})

export const unpublishExam = action({
  id: 'exam.draft',
  access: can('exam:edit'),
  input: forms.examForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return { ...input, changed: await unpublish(db, { ...input, by: authorOf(actor), timeZone, locale }) }
  },
  audit: (_context, { examId, changed }) =>
    changed ? { ...ofExam(examId), after: { published: false } } : null,
  then: ({ courseId, examId }) => `${listOf(courseId)}/${examId}/publish?done=draft`,
})

export const giveAccommodation = action({
  id: 'exam.accommodate',
  access: can('exam:edit'),
  input: forms.accommodationForm,
  run: async ({ db, school, actor, input }) => {
    const { courseId, examId } = input
    const { timeZone, locale } = school
    const given = await give(db, { courseId, examId, by: authorOf(actor), timeZone, locale, form: input })
    return { courseId, examId, ...given }
  },
  audit: ({ input: { scope } }, { courseId, examId, userId, before, after, lengthened }) => ({
    ...{ targetType: 'User', targetId: userId },
    ...(before === null ? {} : { before }),
    after: {
      ...after,
      ...(scope === 'course' ? { courseId } : { examId }),
      ...(lengthened.length === 0
        ? {}
        : { deadlines: lengthened.map(({ deadlineAt }) => deadlineAt.toISOString()) }),
    },
  }),
  then: ({ courseId, examId, lengthened }) =>
    `${listOf(courseId)}/${examId}/accommodations?done=${lengthened.length > 0 ? 'longer' : 'given'}`,
})

export const removeAccommodation = action({
  id: 'exam.accommodation-remove',
  access: can('exam:edit'),
  input: forms.removeAccommodationForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return { ...input, before: await take(db, { ...input, by: authorOf(actor), timeZone, locale }) }
  },
  audit: (_context, { courseId, examId, userId, scope, before }) =>
    before === null
      ? null
      : {
          ...{ targetType: 'User', targetId: userId },
          before: { ...before, ...(scope === 'course' ? { courseId } : { examId }) },
        },
  then: ({ courseId, examId }) => `${listOf(courseId)}/${examId}/accommodations?done=removed`,
})
