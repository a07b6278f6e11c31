import { copyOf, type Draft } from './drafting'
import { type Content, contentOf, type DraftPool, same, type Stored } from './drafting-content'

/** Two authors at one exam: what only one of them changed is kept from both, what both changed is asked about. */

export type Clash =
  | Readonly<{ kind: 'title'; id: 'title'; mine: string; theirs: string }>
  | Readonly<{ kind: 'question'; id: string; mine: Draft; theirs: Draft }>
  | Readonly<{ kind: 'pool'; id: string; mine: DraftPool; theirs: DraftPool }>

export type Choice = 'mine' | 'theirs' | 'both'

export type Merged = Readonly<{ content: Content; clashes: readonly Clash[] }>

type Entry = Readonly<{ id: string }>

/** One thing as three have it; undefined: they don't. `theirs` stays where it is changed and mine is deleted. */
function decide<T>(
  base: T | undefined,
  mine: T | undefined,
  theirs: T | undefined,
): Readonly<{ value: T | undefined; clash: boolean }> {
  if (same(base, theirs) || same(mine, theirs)) return { value: mine, clash: false }
  if (same(base, mine)) return { value: theirs, clash: false }
  if (mine === undefined || theirs === undefined) return { value: mine ?? theirs, clash: false }
  return { value: mine, clash: true }
}

const without = (list: readonly Entry[], others: ReadonlySet<string>): string[] =>
  list.map(({ id }) => id).filter((id) => others.has(id))

/** Puts what `more` alone has behind what it stands behind there. */
function woven(order: readonly string[], more: readonly string[]): string[] {
  const made = [...order]
  more.forEach((id, index) => {
    if (made.includes(id)) return
    const before = more.slice(0, index).findLast((one) => made.includes(one))
    made.splice(before === undefined ? 0 : made.indexOf(before) + 1, 0, id)
  })
  return made
}

function mergedOrder(base: readonly Entry[], mine: readonly Entry[], theirs: readonly Entry[]): string[] {
  const ids = (list: readonly Entry[]): string[] => list.map(({ id }) => id)
  const common = new Set(ids(base).filter((id) => ids(theirs).includes(id)))
  const moved = !same(without(base, common), without(theirs, common))
  return moved ? woven(ids(theirs), ids(mine)) : woven(ids(mine), ids(theirs))
}

function mergeList<T extends Entry>(base: readonly T[], mine: readonly T[], theirs: readonly T[]) {
  const at = (list: readonly T[], id: string): T | undefined => list.find((one) => one.id === id)
  const clashes: string[] = []
  const list = mergedOrder(base, mine, theirs).flatMap((id) => {
    const { value, clash } = decide(at(base, id), at(mine, id), at(theirs, id))
    if (clash) clashes.push(id)
    return value === undefined ? [] : [value]
  })
  return { list, clashes }
}

/** Puts what is on the page together with what somebody else stored since `base`. */
export function merge(base: Stored, mine: Content, stored: Stored): Merged {
  const [before, theirs] = [contentOf(base), contentOf(stored)]
  const title = decide(before.title, mine.title, theirs.title)
  const questions = mergeList(before.questions, mine.questions, theirs.questions)
  const pools = mergeList(before.pools, mine.pools, theirs.pools)
  const pair = <T extends Entry>(id: string, own: readonly T[], other: readonly T[]) => {
    const [one, two] = [own.find((x) => x.id === id), other.find((x) => x.id === id)]
    return one === undefined || two === undefined ? [] : [{ id, mine: one, theirs: two }]
  }
  return {
    content: { title: title.value ?? theirs.title, questions: questions.list, pools: pools.list },
    clashes: [
      ...(title.clash
        ? [{ kind: 'title', id: 'title', mine: mine.title, theirs: theirs.title } as const]
        : []),
      ...questions.clashes.flatMap((id) =>
        pair(id, mine.questions, theirs.questions).map((both) => ({ kind: 'question', ...both }) as const),
      ),
      ...pools.clashes.flatMap((id) =>
        pair(id, mine.pools, theirs.pools).map((both) => ({ kind: 'pool', ...both }) as const),
      ),
    ],
  }
}

/** The author's word on one clash. `both` keeps mine as a question of its own behind theirs. */
export function settle(content: Content, clash: Clash, choice: Choice): Content {
  if (choice === 'mine') return content
  switch (clash.kind) {
    case 'title':
      return { ...content, title: clash.theirs }
    case 'pool':
      return { ...content, pools: content.pools.map((pool) => (pool.id === clash.id ? clash.theirs : pool)) }
    case 'question': {
      const questions = content.questions.flatMap((draft) => {
        if (draft.id !== clash.id) return [draft]
        return choice === 'both' ? [clash.theirs, copyOf(draft)] : [clash.theirs]
      })
      return { ...content, questions }
    }
  }
}
