import type { Question } from '../contract'
import type { Pool } from '../contract/settings'
import { type Draft, toDraft } from './drafting'
import { finish } from './drafting-finish'

/** All that the editor of an exam's questions holds, as it is typed and as it is stored. */

export type DraftPool = Readonly<{ id: string; title: string; draw: string; questionIds: readonly string[] }>

/** What is on the page, unfinished questions included. */
export type Content = Readonly<{
  title: string
  questions: readonly Draft[]
  pools: readonly DraftPool[]
}>

/** What the server holds: finished questions only. */
export type Stored = Readonly<{
  title: string
  questions: readonly Question[]
  pools: readonly Pool[]
}>

export function contentOf({ title, questions, pools }: Stored): Content {
  return {
    title,
    questions: questions.map(toDraft),
    pools: pools.map((pool) => ({ ...pool, draw: String(pool.draw) })),
  }
}

/** Whether two values of plain data are equal. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function storedPool(pool: DraftPool, held: ReadonlySet<string>, before: Pool | undefined): Pool[] {
  const questionIds = pool.questionIds.filter((id) => held.has(id))
  if (questionIds.length === 0) return []
  const title = pool.title.trim() === '' ? before?.title : pool.title.trim()
  const draw = /^[1-9]\d{0,2}$/.test(pool.draw.trim()) ? Number(pool.draw) : before?.draw
  return title === undefined || draw === undefined ? [] : [{ id: pool.id, title, draw, questionIds }]
}

/**
 * What can be stored of what is on the page. A question that is not finished stays as it was stored before, or is left
 * out while it never was; so do a pool's name and number.
 */
export function storable(content: Content, before: Stored): Stored {
  const earlier = new Map(before.questions.map((question) => [question.id, question]))
  const questions = content.questions.flatMap((draft) => {
    const finished = finish(draft)
    if (finished.ok) return [finished.question]
    const kept = earlier.get(draft.id)
    return kept === undefined ? [] : [kept]
  })
  const held = new Set(questions.map(({ id }) => id))
  const title = content.title.trim()
  return {
    title: title === '' ? before.title : title,
    questions,
    pools: content.pools.flatMap((pool) =>
      storedPool(
        pool,
        held,
        before.pools.find(({ id }) => id === pool.id),
      ),
    ),
  }
}

/** The stored form as the editor would write it, so that looking at an exam changes nothing of it. */
export function normalised(stored: Stored): Stored {
  return storable(contentOf(stored), stored)
}

/** Ids of the questions that only this page has in their present state. */
export function unfinished(content: Content): ReadonlySet<string> {
  return new Set(content.questions.filter((draft) => !finish(draft).ok).map(({ id }) => id))
}

/** Whether the page holds anything that the server doesn't: the device keeps it until then. */
export function holdsMore(content: Content, stored: Stored): boolean {
  return !same(contentOf(stored), content)
}
