'use server'
import { can } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import * as forms from '#lib/bank/contract'
import { copyToExam as copy } from '#lib/bank/copy-to-exam'
import { importQuestions as importAll } from '#lib/bank/import-questions'
import { keepInBank as keep } from '#lib/bank/keep-in-bank'
import { findQuestions } from '#lib/bank/load-bank'
import { previewImport as preview } from '#lib/bank/preview-import'
import { insertIntoBank, setArchived, writeBankQuestion } from '#lib/db/queries/bank'
import { newId } from '#lib/teach/new-id'
import { authorOf } from '../school/[subdomain]/teach/editing'

const ofQuestion = (targetId: string) => ({ targetType: 'BankQuestion', targetId })
const BANK = '/teach/bank'

export const createBankQuestion = action({
  id: 'bank.create',
  access: can('exam:edit'),
  input: forms.createForm,
  run: async ({ db, school, actor, input: { key, question, tags } }) => {
    const { userId } = person(actor)
    const id = newId(school.id, userId, key)
    const added = await insertIntoBank(db, { questions: [{ id, question, tags }], authorId: userId })
    return { id, created: added.length === 1 }
  },
  audit: ({ input: { question, tags } }, { id, created }) =>
    created ? { ...ofQuestion(id), after: { title: question.prompt.slice(0, 200), tags } } : null,
  then: ({ id }) => `${BANK}/${id}?done=created`,
})

export const writeBank = action({
  id: 'bank.write',
  access: can('exam:edit'),
  input: forms.writeForm,
  run: async ({ db, input: { questionId, ...input } }) => {
    await writeBankQuestion(db, { id: questionId, ...input })
    return { questionId }
  },
  audit: ({ input: { questionId, question, tags } }) => ({
    ...ofQuestion(questionId),
    after: { title: question.prompt.slice(0, 200), tags },
  }),
  then: ({ questionId }) => `${BANK}/${questionId}?done=saved`,
})

export const archiveBankQuestion = action({
  id: 'bank.archive',
  access: can('exam:edit'),
  input: forms.questionForm,
  run: async ({ db, input: { questionId } }) => ({
    questionId,
    changed: await setArchived(db, { questionId, archived: true }),
  }),
  audit: (_context, { questionId, changed }) =>
    changed ? { ...ofQuestion(questionId), after: { archived: true } } : null,
  then: ({ questionId }) => `${BANK}?done=archived&question=${questionId}`,
})

export const restoreBankQuestion = action({
  id: 'bank.restore',
  access: can('exam:edit'),
  input: forms.questionForm,
  run: async ({ db, input: { questionId } }) => ({
    questionId,
    changed: await setArchived(db, { questionId, archived: false }),
  }),
  audit: (_context, { questionId, changed }) =>
    changed ? { ...ofQuestion(questionId), after: { archived: false } } : null,
  then: () => `${BANK}?done=restored`,
})

/** What the bank has, for the editor of an exam. */
export const findInBank = action({
  id: 'bank.find',
  access: can('exam:edit'),
  input: forms.findForm,
  run: ({ db, input }) => findQuestions(db, input),
  audit: notAudited('Reads and changes nothing.'),
})

export const copyToExam = action({
  id: 'bank.copy',
  access: can('exam:edit'),
  input: forms.copyForm,
  run: ({ db, school, actor, input }) =>
    copy(db, { ...input, by: authorOf(actor), timeZone: school.timeZone }),
  audit: ({ input: { examId, questionIds } }, { added }) => ({
    ...{ targetType: 'Exam', targetId: examId },
    after: { questions: added, from: questionIds.join(', ') },
  }),
})

export const keepInBank = action({
  id: 'bank.keep',
  access: can('exam:edit'),
  input: forms.keepForm,
  run: ({ db, school, actor, input }) => {
    const by = authorOf(actor)
    const bankId = newId(school.id, 'bank', `${input.examId}/${input.questionId}`)
    return keep(db, { ...input, bankId, by, timeZone: school.timeZone })
  },
  audit: ({ input: { examId } }, { bankId, created }) =>
    created ? { ...ofQuestion(bankId), after: { examId } } : null,
})

export const previewImport = action({
  id: 'bank.import-preview',
  access: can('exam:edit'),
  input: forms.previewForm,
  run: ({ db, school, input: { format, text, file } }) =>
    preview(db, { locale: school.locale, format, text, file: file ?? null }),
  audit: notAudited('Says what an import would do and changes nothing.'),
})

export const importQuestions = action({
  id: 'bank.import',
  access: can('exam:edit'),
  input: forms.importForm,
  run: ({ db, school, actor, input }) =>
    importAll(db, { ...input, locale: school.locale, userId: person(actor).userId }),
  audit: ({ input: { format } }, { added }) =>
    added === 0
      ? null
      : { targetType: 'BankQuestion', targetId: null, after: { questions: added, file: format } },
  then: ({ added, there }) => `${BANK}?done=imported&added=${String(added)}&there=${String(there)}`,
})
