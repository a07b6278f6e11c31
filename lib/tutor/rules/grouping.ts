/** What is asked, by what it is about, so that nobody can be told from it. */

/** So many people have to have asked before words are shown: among fewer one could guess who it was. */
export const LEAST_PEOPLE = 5
/** Questions that a group shows. */
const SHOWN = 4

export type AskedOne = Readonly<{
  text: string
  userId: string
  askerName: string
  kind: 'about' | 'nothing' | 'refused' | 'other'
  lessonId: string | null
  lessonTitle: string | null
  heading: string | null
}>

export type AskedGroup = Readonly<{
  kind: AskedOne['kind']
  lessonId: string | null
  lessonTitle: string | null
  heading: string | null
  count: number
  /** Null: fewer than LEAST_PEOPLE. */
  people: number | null
  /** Words of some, the newest first; empty where too few people asked at all. */
  words: readonly string[]
  /** How many more there are. */
  more: number
}>

const MASK = '…'

/** A question without its asker's name, addresses and long numbers. */
export function withoutPerson(text: string, name: string): string {
  const names = name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => [...part].length >= 2)
    .sort((a, b) => b.length - a.length)
    .map((part) => `(?<![\\p{L}\\p{N}])${part}(?![\\p{L}\\p{N}])`)
  const bare = text.replace(/\S+@\S+/gu, MASK).replace(/\d[\d\s().-]{5,}\d/gu, MASK)
  return names.length === 0 ? bare : bare.replace(new RegExp(names.join('|'), 'giu'), MASK)
}

function groupOf(list: readonly AskedOne[], words: boolean): AskedGroup {
  const [first] = list
  const people = new Set(list.map(({ userId }) => userId)).size
  // Of a conversation that its asker deleted the number stays, and no word.
  const worded = list.filter(({ text }) => text !== '')
  const texts = [...new Set(worded.map(({ text, askerName }) => withoutPerson(text, askerName)))]
  const shown = words ? texts.slice(0, SHOWN) : []
  return {
    kind: first?.kind ?? 'other',
    ...{ lessonId: first?.lessonId ?? null, lessonTitle: first?.lessonTitle ?? null },
    heading: first?.heading ?? null,
    count: list.length,
    people: people < LEAST_PEOPLE ? null : people,
    words: shown,
    more: words ? list.length - shown.length : 0,
  }
}

/** Questions by the place that they are about, the most asked first. @param people who asked in all of the time */
export function groupsOf(asked: readonly AskedOne[], people: number): readonly AskedGroup[] {
  const groups = new Map<string, AskedOne[]>()
  for (const one of asked) {
    const key = one.kind === 'about' ? `${one.lessonId ?? ''} ${one.heading ?? ''}` : one.kind
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
    .map((list) => groupOf(list, people >= LEAST_PEOPLE))
    .sort((a, b) => b.count - a.count)
}
