import type { AnswerValue, Question } from '#lib/exams/contract'
import type { Random } from './random'

type Of<T extends Question['type']> = Extract<Question, { type: T }>

/** A text that a pattern takes, or null when none can be guessed: regular expressions are read, not solved. */
function accepted(pattern: Of<'short-text'>['accept'][number]): string | null {
  if (pattern.kind === 'exact') return pattern.value
  const plain =
    pattern.value
      .replace(/\\s[*+?]?/g, ' ')
      .split('|')[0]
      ?.replace(/\(\?:|[\\^$()?+*[\]]/g, '') ?? ''
  return new RegExp(pattern.value, 'i').test(plain) ? plain : null
}

function shortText({ accept }: Of<'short-text'>, right: boolean): string {
  const known = accept.map(accepted).find((text) => text !== null)
  return right && known !== undefined ? known : 'I am not sure'
}

function numeric({ correct, tolerance, unit }: Of<'numeric'>, right: boolean, chance: Random): AnswerValue {
  const slip = tolerance.value + Math.max(1, Math.abs(correct) * 0.1)
  const answer = right
    ? correct
    : Number((correct + (chance.chance(0.5) ? slip * 2 : -slip * 2)).toPrecision(6))
  return { type: 'numeric', text: String(answer), unit }
}

/** The right choices with one added or left out. */
function nearly({ options, correct }: Of<'multiple'>, chance: Random): string[] {
  const wrong = options.filter(({ id }) => !correct.includes(id)).map(({ id }) => id)
  if (wrong.length > 0 && (correct.length < 2 || chance.chance(0.5)))
    return [...correct.slice(1), chance.pick(wrong)]
  return correct.slice(1)
}

function swapped(order: readonly string[], chance: Random): string[] {
  const at = chance.between(0, order.length - 2)
  return order.map((id, index) => (index === at ? order[at + 1] : index === at + 1 ? order[at] : id) ?? id)
}

function matching({ pairs }: Of<'matching'>, right: boolean, chance: Random): [string, string][] {
  if (right) return pairs.map(([left, other]) => [left, other])
  const others = swapped(
    pairs.map(([, other]) => other),
    chance,
  )
  return pairs.map(([left], index) => [left, others[index] ?? ''])
}

function blanks(question: Of<'blanks'>, right: boolean, chance: Random): AnswerValue {
  const missed = right ? -1 : chance.between(0, question.blanks.length - 1)
  const texts = question.blanks.map(
    ({ id, accept }, index) => [id, index === missed ? '?' : (accept[0] ?? '')] as const,
  )
  return { type: 'blanks', texts: Object.fromEntries(texts) }
}

const ESSAYS = [
  'First I would make sure that I look at the right thing, and write down what I expect before I look: otherwise ' +
    'whatever I find seems to fit. Then I would begin with the simplest case that can be checked by hand and change ' +
    'one thing at a time. If the result differs from what I expected, the difference is more useful than the result. ' +
    'At the end I would repeat the first measurement under the same conditions. I would be convinced if somebody else, ' +
    'with only my notes, came to the same answer.',
  'My first idea would be the quick one, and in most cases it is good enough. But the lessons show two cases in which ' +
    'it goes wrong without any sign, so I would check for those before I trust it. I would compare both ways on the ' +
    'same small example, note how long each takes, and keep the slower one where a mistake would cost more than the ' +
    'time. In doubt I would ask somebody to explain my own notes back to me.',
] as const

/** What a learner answers who knows it (`right`) or doesn't: wrong answers are near misses, as in life. */
export function answerTo(question: Question, right: boolean, chance: Random): AnswerValue {
  switch (question.type) {
    case 'single': {
      const wrong = question.options.filter(({ id }) => id !== question.correct).map(({ id }) => id)
      return { type: 'single', choice: right ? question.correct : chance.pick(wrong) }
    }
    case 'multiple':
      return { type: 'multiple', choices: right ? [...question.correct] : nearly(question, chance) }
    case 'true-false':
      return { type: 'true-false', value: right ? question.correct : !question.correct }
    case 'short-text':
      return { type: 'short-text', text: shortText(question, right) }
    case 'numeric':
      return numeric(question, right, chance)
    case 'matching':
      return { type: 'matching', pairs: matching(question, right, chance) }
    case 'ordering':
      return { type: 'ordering', order: right ? [...question.correct] : swapped(question.correct, chance) }
    case 'blanks':
      return blanks(question, right, chance)
    case 'essay':
      return { type: 'essay', text: chance.pick(ESSAYS) }
    case 'file-upload':
      return { type: 'file-upload', keys: [] }
  }
}
