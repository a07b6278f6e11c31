import 'server-only'
import { type GIFTQuestion, parse, SyntaxError as GiftError, type TextFormat } from 'gift-pegjs'
import type { Draft } from '#lib/exams/rules/drafting'
import { IMPORT_LIMITS } from './contract'
import { choiceDraft, giftText, type Making, matchingDraft, numericDraft, shortDraft } from './gift-answers'
import { Dropped, Notes, type ReadItem, type ReadWith, shortened } from './read-item'
import { escapeGift } from './rules/gift-escape'
import { type GiftItem, splitGift } from './rules/gift-split'
import { fittingTags } from './rules/tags'

type Asked = Exclude<GIFTQuestion, { type: 'Description' | 'Category' }>

/** The one question of an item. @throws Dropped */
function parsed({ text, line }: GiftItem): Asked {
  if (text.length > IMPORT_LIMITS.itemLength) throw new Dropped('long')
  let found: GIFTQuestion[]
  try {
    found = parse(escapeGift(text))
  } catch (error) {
    if (!(error instanceof GiftError)) throw error
    throw new Dropped('syntax', String(line + error.location.start.line - 1))
  }
  const [question, more] = found
  if (question === undefined || more !== undefined) throw new Dropped('syntax', String(line))
  if (question.type === 'Description' || question.type === 'Category') throw new Dropped('description')
  return question
}

/** General feedback is our explanation; that of single answers goes below it. */
function explanationOf(question: Asked, notes: Notes): string {
  const say = (feedback: TextFormat | null | undefined) => giftText(notes, feedback ?? null)
  const own: string[] = []
  if (question.type === 'TF') own.push(say(question.trueFeedback), say(question.falseFeedback))
  if (question.type === 'MC' || question.type === 'Short') {
    for (const { text, feedback } of question.choices) {
      const said = say(feedback)
      if (said !== '') own.push(`${giftText(notes, text)}: ${said}`)
    }
  }
  if (question.type === 'Numerical' && Array.isArray(question.choices))
    own.push(...question.choices.map(({ feedback }) => say(feedback)))
  const merged = own.filter((text) => text !== '')
  if (merged.length > 0) notes.add('feedback')
  return [say(question.globalFeedback), ...merged].filter((text) => text !== '').join('\n')
}

function draftOf(question: Asked, making: Making & Readonly<{ fillIn: string }>): Draft {
  const { notes, makeId } = making
  const stem = giftText(notes, question.stem)
  const title = notes.plain(question.title ?? '', true)
  if (stem === '' && title !== '') notes.add('title-prompt')
  const common = {
    ...{ id: makeId(), prompt: stem === '' ? title : stem, points: '1' },
    ...{ explanation: explanationOf(question, notes), bankId: undefined },
  }
  const draft = answered(common, question, { ...making, title })
  if (title !== '' && draft.prompt !== title && !stem.startsWith(title)) notes.add('title', title)
  return draft
}

function answered(
  common: Parameters<typeof choiceDraft>[0],
  question: Asked,
  making: Making & Readonly<{ title: string; fillIn: string }>,
): Draft {
  switch (question.type) {
    case 'MC':
      return choiceDraft(common, question, making)
    case 'Short':
      return shortDraft(common, question, making)
    case 'Numerical':
      return numericDraft(common, question, making)
    case 'Matching':
      return matchingDraft(common, question, making)
    case 'TF':
      return { ...common, type: 'true-false', correct: question.isTrue }
    case 'Essay':
      return { ...common, type: 'essay', minWords: '', maxWords: '' }
  }
}

function tagsOf(item: GiftItem, notes: Notes): string[] {
  if (item.category.length > 0) notes.add('category', item.category.join(' / '))
  const { tags, lost } = fittingTags([...item.tags, ...item.category])
  if (lost) notes.add('tags-lost')
  return tags
}

function readItem(item: GiftItem, input: ReadWith): ReadItem {
  const notes = new Notes()
  const common = { line: item.line, tags: tagsOf(item, notes) }
  if (item.joined) notes.add('blank-lines')
  try {
    const draft = draftOf(parsed(item), { notes, makeId: input.ids(), fillIn: input.fillIn })
    return { ...common, prompt: shortened(draft.prompt, 300), changes: notes.changes, draft }
  } catch (error) {
    if (!(error instanceof Dropped)) throw error
    const { drop, note } = error
    return { ...common, prompt: shortened(item.text, 300), changes: [], draft: null, drop, note }
  }
}

/**
 * Reads a file in Moodle's GIFT format, item by item: one that can't be read leaves the others as they are.
 * @returns the items in the order of the file, or why there are none to show
 */
export function readGift(file: string, input: ReadWith): ReadItem[] | 'empty' | 'tooMany' {
  const items = splitGift(file)
  if (items.length === 0) return 'empty'
  if (items.length > IMPORT_LIMITS.items) return 'tooMany'
  return items.map((item) => readItem(item, input))
}
