import type { AnswerValue, Question } from '../contract'
import type { AnswerView } from '../contract/learner'
import { saysSomething } from './answered'

type Part = Readonly<{ id: string; text: string }>

const textOf = (parts: readonly Part[], id: string): string =>
  parts.find((part) => part.id === id)?.text ?? ''

const pairText = (left: string, right: string): string => `${left} → ${right}`

/** A file's name and address by its key. */
type FileOf = (key: string) => Readonly<{ name: string; url: string | null }>

type Keys = Readonly<{ question: Question; value: AnswerValue | null; key: Question | null }>

function options({ question, value, key }: Keys): AnswerView | null {
  if (question.type !== 'single' && question.type !== 'multiple') return null
  const chosen =
    value?.type === 'single' ? [value.choice] : value?.type === 'multiple' ? [...value.choices] : []
  const correct = key?.type === 'single' ? [key.correct] : key?.type === 'multiple' ? [...key.correct] : null
  return {
    kind: 'options',
    options: question.options.map(({ id, text }) => ({
      ...{ text, chosen: chosen.includes(id) },
      correct: correct === null ? null : correct.includes(id),
    })),
  }
}

function arranged(question: Question, value: AnswerValue): AnswerView | null {
  if (question.type === 'matching' && value.type === 'matching') {
    const items = value.pairs.map(([left, right]) =>
      pairText(textOf(question.left, left), textOf(question.right, right)),
    )
    return { kind: 'list', items, numbered: false }
  }
  if (question.type === 'ordering' && value.type === 'ordering')
    return { kind: 'list', items: value.order.map((id) => textOf(question.items, id)), numbered: true }
  if (question.type === 'blanks' && value.type === 'blanks')
    return { kind: 'list', items: question.blanks.map(({ id }) => value.texts[id] ?? ''), numbered: true }
  return null
}

/**
 * A learner's own answer, to be shown. Of the key it says only which options are right, and only where `key` is given.
 */
export function ownAnswerView(keys: Keys, fileOf: FileOf): AnswerView {
  const { question, value } = keys
  const choices = options(keys)
  if (choices !== null) return choices
  return value === null || !saysSomething(value) ? { kind: 'none' } : saidView(question, value, fileOf)
}

function saidView(question: Question, value: AnswerValue, fileOf: FileOf): AnswerView {
  switch (value.type) {
    case 'true-false':
      return value.value === null ? { kind: 'none' } : { kind: 'truth', value: value.value }
    case 'short-text':
    case 'essay':
      return { kind: 'text', text: value.text }
    case 'numeric':
      return { kind: 'text', text: [value.text, value.unit ?? ''].join(' ').trim() }
    case 'file-upload':
      return { kind: 'files', files: value.keys.map(fileOf) }
    case 'single':
    case 'multiple':
    case 'matching':
    case 'ordering':
    case 'blanks':
      return arranged(question, value) ?? { kind: 'none' }
  }
}

/** What is right, where the options don't say it themselves; null: nothing is, or a person decides. */
export function rightAnswerView(key: Question): AnswerView | null {
  switch (key.type) {
    case 'true-false':
      return { kind: 'truth', value: key.correct }
    case 'short-text': {
      const exact = key.accept.filter(({ kind }) => kind === 'exact').map(({ value }) => value)
      const items = exact.length > 0 ? exact : key.accept.map(({ value }) => value)
      return { kind: 'list', items, numbered: false }
    }
    case 'numeric': {
      const { kind, value: by } = key.tolerance
      const value = [String(key.correct), key.unit ?? ''].join(' ').trim()
      if (by === 0) return { kind: 'text', text: value }
      const percent = kind === 'relative'
      return { kind: 'range', value, by: String(percent ? Number((by * 100).toPrecision(12)) : by), percent }
    }
    case 'matching': {
      const items = key.pairs.map(([left, right]) =>
        pairText(textOf(key.left, left), textOf(key.right, right)),
      )
      return { kind: 'list', items, numbered: false }
    }
    case 'ordering':
      return { kind: 'list', items: key.correct.map((id) => textOf(key.items, id)), numbered: true }
    case 'blanks':
      return { kind: 'list', items: key.blanks.map(({ accept }) => accept.join(' / ')), numbered: true }
    case 'single':
    case 'multiple':
    case 'essay':
    case 'file-upload':
      return null
  }
}
