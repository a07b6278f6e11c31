import 'server-only'
import { type AnalysedRow, countUngraded, listCounting } from '#lib/db/queries/exam-analysis'
import type { GradedExam } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import type { AnswerValue, Question } from './contract'
import type { AnalysedItem, AnalysedOption, AnalysisView } from './contract/grading'
import { answersOf } from './load-attempt'
import { newestOf } from './newest-version'
import { analyse, easeOf, FEW_ATTEMPTS, type ItemFigures, separationOf } from './rules/analysis'
import { saysSomething } from './rules/answered'

/** Attempts that one analysis reads at most, the newest. */
const MOST = 5_000
const KELLEY = 0.27

type Sat = Readonly<{ total: number; answers: ReadonlyMap<string, AnswerValue>; had: ReadonlySet<string> }>

function satOf({ answers, marks }: AnalysedRow): Sat {
  const [points, max] = [
    marks.reduce((sum, mark) => sum + mark.points, 0),
    marks.reduce((sum, mark) => sum + mark.max, 0),
  ]
  return {
    total: max === 0 ? 0 : points / max,
    answers: answersOf(answers),
    had: new Set(marks.map(({ questionId }) => questionId)),
  }
}

function chosenBy({ answers }: Sat, questionId: string): readonly string[] {
  const answer = answers.get(questionId)
  if (answer?.type === 'single') return answer.choice === null ? [] : [answer.choice]
  if (answer?.type === 'multiple') return answer.choices
  if (answer?.type === 'true-false') return answer.value === null ? [] : [String(answer.value)]
  return []
}

type Choice = Readonly<{ id: string; text: string; correct: boolean }>

function choicesOf(question: Question): Choice[] {
  switch (question.type) {
    case 'single':
      return question.options.map((option) => ({ ...option, correct: option.id === question.correct }))
    case 'multiple':
      return question.options.map((option) => ({ ...option, correct: question.correct.includes(option.id) }))
    case 'true-false':
      return ['true', 'false'].map((id) => ({ id, text: id, correct: id === String(question.correct) }))
    case 'short-text':
    case 'numeric':
    case 'matching':
    case 'ordering':
    case 'blanks':
    case 'essay':
    case 'file-upload':
      return []
  }
}

/** How often each choice was taken, by everybody and by the upper and lower 27 % (of those who had the question). */
function optionsOf(question: Question, had: readonly Sat[]): AnalysedOption[] {
  const falling = had.toSorted((one, other) => other.total - one.total)
  const places = Math.max(1, Math.round(falling.length * KELLEY))
  const taken = (some: readonly Sat[], id: string): number =>
    some.filter((sat) => chosenBy(sat, question.id).includes(id)).length
  return choicesOf(question).map(({ id, text, correct }) => ({
    ...{ text, correct, count: taken(had, id) },
    upper: taken(falling.slice(0, places), id),
    lower: taken(falling.slice(-places), id),
  }))
}

function itemOf(question: Question, number: number, figures: ItemFigures, sat: readonly Sat[]): AnalysedItem {
  const had = sat.filter((one) => one.had.has(question.id))
  const { count, difficulty, discrimination, upperLower } = figures
  return {
    ...{ id: question.id, number, prompt: question.prompt, truth: question.type === 'true-false' },
    ...{ count, difficulty, ease: easeOf(difficulty), discrimination, upperLower },
    separation: separationOf(discrimination),
    options: optionsOf(question, had),
    blank: had.filter(({ answers }) => {
      const answer = answers.get(question.id)
      return answer === undefined || !saysSomething(answer)
    }).length,
  }
}

/** What the attempts that count say of an exam's questions. At most three statements. */
export async function analyseExam(db: TenantDb, exam: GradedExam): Promise<AnalysisView> {
  const { questions } = await newestOf(db, exam)
  const rows = await listCounting(db, exam.id, MOST)
  const figures = analyse(
    rows.map(({ marks }) => marks),
    questions.map(({ id }) => id),
  )
  const sat = rows.map(satOf)
  const items = new Map(figures.items.map((item) => [item.questionId, item]))
  return {
    ...{ attempts: figures.attempts, waiting: await countUngraded(db, exam.id) },
    few: figures.attempts < FEW_ATTEMPTS,
    ...{ mean: figures.mean, median: figures.median, deviation: figures.deviation },
    ...{ alpha: figures.alpha, alphaItems: figures.alphaItems, distribution: figures.distribution },
    items: questions.flatMap((question, index) => {
      const item = items.get(question.id)
      return item === undefined ? [] : [itemOf(question, index + 1, item, sat)]
    }),
  }
}
