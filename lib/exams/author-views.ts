import 'server-only'
import type { AuthoredExam } from '#lib/db/queries/exam-authoring'
import type { ExamRow } from '#lib/db/queries/exams'
import type { CourseHead } from '#lib/teach/contract'
import type { ExamCard, ExamHead } from './contract/authoring'
import type { SettingTexts } from './rules/drafting-settings'
import { worthOf } from './rules/drafting-points'
import type { Held } from './rules/drafting-saver'
import { stateOf } from './rules/publish'

/** A row of the list as it is shown. */
export function examCardOf(row: ExamRow): ExamCard {
  const { id, title, duration, startDate, endDate, attempts, waiting } = row
  return {
    ...{ id, title, duration, startDate, endDate, attempts, waiting },
    ...worthOf(row.worth, row.pools),
    state: stateOf(row, row.now),
  }
}

type HeadOf = Pick<AuthoredExam, 'id' | 'title' | 'changed' | 'publishedAt' | 'startDate' | 'endDate' | 'now'>

export function examHeadOf(course: CourseHead, exam: HeadOf, may: ExamHead['may']): ExamHead {
  const { id, title, changed, publishedAt } = exam
  return { may, course, id, title, state: stateOf(exam, exam.now), changed: changed && publishedAt !== null }
}

/** What the editor of the questions works on. */
export function heldOf({ title, questions, settings, updatedAt }: AuthoredExam): Held {
  return { title, questions, pools: settings.pools, seen: updatedAt.toISOString() }
}

/** The stored settings as the fields of their form hold them. */
export function settingTextsOf(exam: AuthoredExam): SettingTexts {
  const { settings } = exam
  const { review } = settings
  const text = (value: number | null): string => (value === null ? '' : String(value))
  const tick = (value: boolean): string => (value ? 'on' : '')
  return {
    instructions: exam.instructions ?? '',
    duration: String(exam.duration),
    startDate: exam.startsAt ?? '',
    endDate: exam.endsAt ?? '',
    accessCode: exam.accessCode ?? '',
    attempts: text(settings.attempts),
    counting: settings.counting,
    shuffleQuestions: tick(settings.shuffleQuestions),
    shuffleOptions: tick(settings.shuffleOptions),
    negativePercent: settings.negativePercent === 0 ? '' : String(settings.negativePercent),
    passPercent: text(settings.passPercent),
    reviewWhen: review.when,
    reviewScore: tick(review.score),
    reviewAnswers: tick(review.answers),
    reviewKey: tick(review.key),
  }
}
