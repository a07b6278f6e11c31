import type { Question } from '../contract'
import type { ExamSettings } from '../contract/settings'
import type { AttemptLayout, DeliveredQuestion } from '../contract/taking'
import { hiddenOrder, type RandomSource, shuffled } from './shuffle'

type Rules = Pick<ExamSettings, 'pools' | 'shuffleQuestions' | 'shuffleOptions'>
type Part = Readonly<{ id: string; text: string }>

/** The questions of an attempt in the version's order: all outside of pools, and as many of each pool as it says. */
function drawn(questions: readonly Question[], { pools }: Rules, random: RandomSource): Question[] {
  const pooled = new Set(pools.flatMap(({ questionIds }) => questionIds))
  const taken = new Set<string>()
  for (const { questionIds, draw } of pools) {
    // A question that stands in two pools is asked once.
    const left = questions.filter(({ id }) => questionIds.includes(id) && !taken.has(id))
    for (const { id } of shuffled(left, random).slice(0, draw)) taken.add(id)
  }
  return questions.filter(({ id }) => !pooled.has(id) || taken.has(id))
}

const idsOf = (parts: readonly Part[]): string[] => parts.map(({ id }) => id)

/** What the learner sees when the parts stand as the key has them, straight across or from top to bottom. */
function keyOrder(question: Extract<Question, { type: 'matching' | 'ordering' }>): string[] {
  if (question.type === 'ordering') return question.correct
  const pairs = new Map(question.pairs)
  return question.left.flatMap(({ id }) => pairs.get(id) ?? [])
}

/** Ids of a question's options, items or right-hand sides as they are shown; undefined: as the question has them. */
function orderOf(question: Question, shuffleOptions: boolean, random: RandomSource): string[] | undefined {
  switch (question.type) {
    case 'single':
    case 'multiple':
      return shuffleOptions ? shuffled(idsOf(question.options), random) : undefined
    case 'matching':
      return hiddenOrder(question.right, keyOrder(question), random)
    case 'ordering':
      return hiddenOrder(question.items, keyOrder(question), random)
    case 'true-false':
    case 'short-text':
    case 'numeric':
    case 'blanks':
    case 'essay':
    case 'file-upload':
      return undefined
  }
}

/**
 * Which questions a new attempt gets and how they stand. It is drawn once, kept with the attempt, and read by
 * `questionsOf` and `deliver` ever after. Items to be ordered and right-hand sides are shuffled whatever the settings
 * say; from three on they never stand as the key has them. (Of two there would be one other order: the answer.)
 */
export function drawLayout(
  questions: readonly Question[],
  settings: Rules,
  random: RandomSource,
): Extract<AttemptLayout, { version: 1 }> {
  const asked = drawn(questions, settings, random)
  const inOrder = settings.shuffleQuestions ? shuffled(asked, random) : asked
  return {
    version: 1,
    questions: inOrder.map((question) => {
      const order = orderOf(question, settings.shuffleOptions, random)
      return order === undefined ? { id: question.id } : { id: question.id, order }
    }),
  }
}

/** Parts in an order; what it doesn't name (added since) comes after, what it alone names is left out. */
function inOrder<P extends Part>(parts: readonly P[], order: readonly string[]): P[] {
  const places = new Map(order.map((id, index) => [id, index]))
  return parts.toSorted(
    (one, other) => (places.get(one.id) ?? order.length) - (places.get(other.id) ?? order.length),
  )
}

/** A source that gives the same for the same text: attempts without a layout show their items the same way each time. */
function fixedSource(text: string): RandomSource {
  let state = 0x811c9dc5
  for (const sign of text) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
    return ((state ^ (state >>> 13)) >>> 0) / 0x1_0000_0000
  }
}

/** A question with its options, items or right-hand sides in the order shown. The key speaks of ids and stays. */
function reordered(question: Question, order: readonly string[] | undefined): Question {
  const shown = order ?? orderOf(question, false, fixedSource(question.id))
  if (shown === undefined) return question
  switch (question.type) {
    case 'single':
    case 'multiple':
      return { ...question, options: inOrder(question.options, shown) }
    case 'matching':
      return { ...question, right: inOrder(question.right, shown) }
    case 'ordering':
      return { ...question, items: inOrder(question.items, shown) }
    case 'true-false':
    case 'short-text':
    case 'numeric':
    case 'blanks':
    case 'essay':
    case 'file-upload':
      return question
  }
}

/**
 * The questions of an attempt with their keys, as its learner saw them, from any version of the exam: a question that the
 * version no longer has is left out. A layout of `{}` has all.
 */
export function questionsOf(questions: readonly Question[], layout: AttemptLayout): Question[] {
  if (!('version' in layout)) return questions.map((question) => reordered(question, undefined))
  const byId = new Map(questions.map((question) => [question.id, question]))
  return layout.questions.flatMap(({ id, order }) => {
    const question = byId.get(id)
    return question === undefined ? [] : [reordered(question, order)]
  })
}

const parts = (all: readonly Part[]): Part[] => all.map(({ id, text }) => ({ id, text }))

/** What a learner gets of a question: named field by field, so that nothing added to questions later comes along. */
function delivered(question: Question): DeliveredQuestion {
  const { id, prompt, points } = question
  const common = { id, prompt, points }
  switch (question.type) {
    case 'single':
    case 'multiple':
      return { ...common, type: question.type, options: parts(question.options) }
    case 'true-false':
    case 'short-text':
      return { ...common, type: question.type }
    case 'numeric':
      return { ...common, type: 'numeric', asksUnit: question.unit !== null }
    case 'matching':
      return { ...common, type: 'matching', left: parts(question.left), right: parts(question.right) }
    case 'ordering':
      return { ...common, type: 'ordering', items: parts(question.items) }
    case 'blanks':
      return {
        ...common,
        type: 'blanks',
        text: question.text,
        blanks: question.blanks.map((blank) => blank.id),
      }
    case 'essay':
      return { ...common, type: 'essay', minWords: question.minWords, maxWords: question.maxWords }
    case 'file-upload':
      return { ...common, type: 'file-upload', accept: [...question.accept], maxBytes: question.maxBytes }
  }
}

/** The questions of an attempt as they go to its learner's browser: without keys, explanations and origin. */
export function deliver(questions: readonly Question[], layout: AttemptLayout): DeliveredQuestion[] {
  return questionsOf(questions, layout).map(delivered)
}
