import 'server-only'
import type { MarkJson } from '#lib/db/queries/exam-attempt-detail'
import { fileName } from '#lib/files/handed-names'
import { answerFileUrl } from './answer-files'
import type { AnswerValue, Question } from './contract'
import type { MarkView, QuestionToGrade } from './contract/grading'
import type { ExamSettings } from './contract/settings'
import { ownAnswerView, rightAnswerView } from './rules/answer-view'
import { Points, pointsText } from './rules/decimal'
import { gradeAnswer } from './rules/grading'
import { needsPerson } from './rules/shares'

const plain = (points: string): string => pointsText(new Points(points))

export function markViewOf(mark: MarkJson): MarkView {
  return {
    points: mark.points === null ? null : plain(mark.points),
    maxPoints: plain(mark.maxPoints),
    ...{ byHand: mark.byHand, graderName: mark.graderName, updatedAt: mark.updatedAt },
    comment: mark.comment ?? '',
    gradedAt: mark.gradedAt === null ? null : new Date(mark.gradedAt),
  }
}

type Given = Readonly<{
  tenantId: string
  attemptId: string
  /** As the learner saw it, and the place it had, from 1. */
  asked: Question
  number: number
  value: AnswerValue | null
  mark: MarkJson | undefined
  /** The question of the version whose keys gave the points; undefined: that has none. */
  key: Question | undefined
  settings: ExamSettings
}>

const wordsIn = (text: string): number => text.split(/\s+/u).filter((word) => word !== '').length

/** One question of an attempt for whoever grades it, key and all. */
export function questionViewOf(given: Given): QuestionToGrade {
  const { tenantId, attemptId, asked, number, value, mark, settings } = given
  const key = given.key?.type === asked.type ? given.key : asked
  const place = { attemptId, questionId: asked.id }
  const fileOf = (file: string) => ({ name: fileName(file), url: answerFileUrl(tenantId, place, file) })
  return {
    ...{ id: asked.id, type: asked.type, number, prompt: asked.prompt },
    answer: ownAnswerView({ question: asked, value, key }, fileOf),
    right: rightAnswerView(key),
    explanation: key.explanation === '' ? null : key.explanation,
    machine: gradeAnswer(key, value, settings),
    voided: Object.hasOwn(settings.voided, asked.id) ? (settings.voided[asked.id] ?? null) : null,
    needsPerson: needsPerson(asked),
    gone: given.key?.type !== asked.type,
    words: value?.type === 'essay' ? wordsIn(value.text) : null,
    mark: mark === undefined ? null : markViewOf(mark),
  }
}
