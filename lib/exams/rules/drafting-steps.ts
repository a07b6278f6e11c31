import { copyOf, type Draft, randomId } from './drafting'
import type { Content, DraftPool } from './drafting-content'

/** What can be done with the questions of an exam as a whole. Each step gives the content that it leaves. */

/** A question that stands by itself, or a pool with its questions. */
export type Block =
  | Readonly<{ kind: 'question'; id: string; draft: Draft }>
  | Readonly<{ kind: 'pool'; id: string; pool: DraftPool; drafts: readonly Draft[] }>

export const poolOf = ({ pools }: Content, questionId: string): DraftPool | undefined =>
  pools.find(({ questionIds }) => questionIds.includes(questionId))

/** The content as it is shown: each pool where its first question stands, empty ones at the end. */
export function blocksOf(content: Content): Block[] {
  const shown = new Set<string>()
  const blocks = content.questions.flatMap((draft): Block[] => {
    const pool = poolOf(content, draft.id)
    if (pool === undefined) return [{ kind: 'question', id: draft.id, draft }]
    if (shown.has(pool.id)) return []
    shown.add(pool.id)
    const drafts = content.questions.filter(({ id }) => pool.questionIds.includes(id))
    return [{ kind: 'pool', id: pool.id, pool, drafts }]
  })
  const empty = content.pools.filter(({ id }) => !shown.has(id))
  return [...blocks, ...empty.map((pool) => ({ kind: 'pool', id: pool.id, pool, drafts: [] }) as const)]
}

function fromBlocks(content: Content, blocks: readonly Block[]): Content {
  const questions = blocks.flatMap((block) => (block.kind === 'question' ? [block.draft] : block.drafts))
  return { ...content, questions }
}

/** The questions in the order in which they are shown. */
function arranged(content: Content): Content {
  return fromBlocks(content, blocksOf(content))
}

/** A list with one thing a place further up (-1) or down (1). */
function shifted<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [moving, other] = [list[index], list[index + by]]
  if (moving === undefined || other === undefined) return list
  return list.map((one, place) => (place === index ? other : place === index + by ? moving : one))
}

export function changeDraft(content: Content, draft: Draft): Content {
  return { ...content, questions: content.questions.map((one) => (one.id === draft.id ? draft : one)) }
}

/** Adds a question at the end, or at the end of a pool. */
export function addDraft(content: Content, draft: Draft, poolId: string | null): Content {
  const added = { ...content, questions: [...content.questions, draft] }
  return poolId === null ? added : intoPool(added, draft.id, poolId)
}

/** Moves a question into a pool, or out of any. */
export function intoPool(content: Content, questionId: string, poolId: string | null): Content {
  const pools = content.pools.map((pool) => {
    const others = pool.questionIds.filter((id) => id !== questionId)
    return { ...pool, questionIds: pool.id === poolId ? [...others, questionId] : others }
  })
  return arranged({ ...content, pools })
}

export function duplicateDraft(content: Content, questionId: string): Content {
  const at = content.questions.findIndex(({ id }) => id === questionId)
  const original = content.questions[at]
  if (original === undefined) return content
  const copy = copyOf(original)
  const questions = content.questions.toSpliced(at + 1, 0, copy)
  const pool = poolOf(content, questionId)
  return pool === undefined
    ? { ...content, questions }
    : intoPool({ ...content, questions }, copy.id, pool.id)
}

export function removeDraft(content: Content, questionId: string): Content {
  return {
    ...content,
    questions: content.questions.filter(({ id }) => id !== questionId),
    pools: content.pools.map((pool) => ({
      ...pool,
      questionIds: pool.questionIds.filter((id) => id !== questionId),
    })),
  }
}

/** Puts a question back where it was in `before`. */
export function restoreDraft(content: Content, before: Content, questionId: string): Content {
  const draft = before.questions.find(({ id }) => id === questionId)
  if (draft === undefined || content.questions.some(({ id }) => id === questionId)) return content
  const earlier = before.questions.slice(0, before.questions.indexOf(draft)).map(({ id }) => id)
  const after = content.questions.findLastIndex(({ id }) => earlier.includes(id))
  const restored = { ...content, questions: content.questions.toSpliced(after + 1, 0, draft) }
  const pool = poolOf(before, questionId)
  const lives = content.pools.some(({ id }) => id === pool?.id)
  return pool !== undefined && lives ? intoPool(restored, questionId, pool.id) : restored
}

/** Moves a question or a pool one place: a pool's question inside of it, everything else among the blocks. */
export function moveBlock(content: Content, id: string, by: -1 | 1): Content {
  const blocks = blocksOf(content)
  const pool = poolOf(content, id)
  if (pool === undefined) {
    const index = blocks.findIndex((block) => block.id === id)
    return fromBlocks(content, shifted(blocks, index, by))
  }
  const inside = (block: Block): Block => {
    if (block.kind !== 'pool' || block.id !== pool.id) return block
    const index = block.drafts.findIndex((draft) => draft.id === id)
    return { ...block, drafts: shifted(block.drafts, index, by) }
  }
  return fromBlocks(content, blocks.map(inside))
}

export function addPool(content: Content, title: string): Content {
  const pool = { id: randomId(), title, draw: '1', questionIds: [] }
  return { ...content, pools: [...content.pools, pool] }
}

export function changePool(content: Content, pool: DraftPool): Content {
  return { ...content, pools: content.pools.map((one) => (one.id === pool.id ? pool : one)) }
}

/** Takes a pool away; its questions stay, and are always asked. */
export function removePool(content: Content, poolId: string): Content {
  return { ...content, pools: content.pools.filter(({ id }) => id !== poolId) }
}

/** Brings a pool back with those of its questions that stand in none. */
export function restorePool(content: Content, pool: DraftPool): Content {
  const free = pool.questionIds.filter(
    (id) => content.questions.some((draft) => draft.id === id) && poolOf(content, id) === undefined,
  )
  return arranged({ ...content, pools: [...content.pools, { ...pool, questionIds: free }] })
}
