import type { AnswerValue } from '#lib/exams/contract'
import type { AnswerOutcome, SentAnswer } from '#lib/exams/contract/taking'
import { same } from './answers'

/** One question's answer: on the screen, in this browser and at the server. */
export type Slot = Readonly<{
  /** What the screen shows; null: never touched. */
  value: AnswerValue | null
  /** The sequence under which the journal has it; 0: never written. */
  sequence: number
  /** The highest sequence that the server has said it holds. */
  acknowledged: number
  /** The screen is ahead of the journal. */
  fresh: boolean
  /** A sequence that the server will not take, however often it is sent; 0: none. */
  refused: number
  /** An answer that lost against the one shown, for the learner to take back; see `settled` and `merged`. */
  offered: AnswerValue | null
}>

/** What the journal holds of one question. */
export type Kept = Readonly<{
  questionId: string
  value: AnswerValue
  sequence: number
  acknowledged: number
}>

const EMPTY: Slot = { value: null, sequence: 0, acknowledged: 0, fresh: false, refused: 0, offered: null }

/** Whether the server lacks what the screen shows. */
export function isOwed(slot: Slot): boolean {
  return slot.fresh || slot.sequence > slot.acknowledged
}

function mergedOne(mine: Kept | undefined, theirs: SentAnswer | undefined): Slot {
  if (mine === undefined && theirs === undefined) return EMPTY
  if (theirs === undefined) return { ...EMPTY, ...pick(mine), acknowledged: 0 }
  if (mine !== undefined && mine.sequence > theirs.sequence)
    return { ...EMPTY, ...pick(mine), acknowledged: theirs.sequence }
  const { value, sequence } = theirs
  // What the server has had once was overwritten knowingly, here or elsewhere; only what it never had can be lost.
  const lost =
    mine !== undefined && mine.acknowledged < mine.sequence && !same(mine.value, value) ? mine.value : null
  return { ...EMPTY, value, sequence, acknowledged: sequence, offered: lost }
}

function pick(mine: Kept | undefined): Pick<Slot, 'value' | 'sequence'> {
  return { value: mine?.value ?? null, sequence: mine?.sequence ?? 0 }
}

/**
 * The browser's copy and the server's, made one: the higher sequence wins. With equal sequences and different values
 * (two devices were used without a connection) the server's stays, because it is what would be graded, and the
 * browser's is offered.
 */
export function merged(
  questionIds: readonly string[],
  kept: readonly Kept[],
  answers: readonly SentAnswer[],
): Record<string, Slot> {
  const mine = new Map(kept.map((one) => [one.questionId, one]))
  const theirs = new Map(answers.map((one) => [one.questionId, one]))
  return Object.fromEntries(questionIds.map((id) => [id, mergedOne(mine.get(id), theirs.get(id))]))
}

/**
 * A slot after the journal has written a value of it under a sequence. Meanwhile the server may have told of a higher
 * one, from another device: then it is to be written again, above that, or it would never be sent.
 */
export function journaled(slot: Slot, value: AnswerValue, sequence: number): Slot {
  return slot.sequence >= sequence
    ? { ...slot, fresh: true }
    : { ...slot, sequence, fresh: slot.value !== value }
}

/**
 * As many answers, from the first on, as go into a number of bytes and are no more than `most`; at least one, so that
 * something is always sent.
 */
export function fitting(answers: readonly SentAnswer[], bytes: number, most: number): SentAnswer[] {
  const encoder = new TextEncoder()
  let room = bytes
  return answers.slice(0, most).filter((answer, place) => {
    room -= encoder.encode(JSON.stringify(answer)).length + 1
    return room > 0 || place === 0
  })
}

/**
 * A slot after the server's word on an answer that was sent as `sequence`. A superseded one gives way to what the
 * server holds, unless the learner has typed on since: then theirs is the later change and will win.
 */
export function settled(slot: Slot, sequence: number, { outcome, stored }: AnswerOutcome): Slot {
  if (outcome === 'saved') return { ...slot, acknowledged: Math.max(slot.acknowledged, sequence) }
  if (outcome === 'unknown') return { ...slot, refused: sequence }
  if (stored === null) return slot
  const acknowledged = Math.max(slot.acknowledged, stored.sequence)
  if (outcome === 'closed') {
    return stored.sequence >= slot.sequence && same(stored.value, slot.value)
      ? { ...slot, acknowledged }
      : slot
  }
  if (slot.sequence > stored.sequence) return slot
  if (slot.fresh) return { ...slot, sequence: stored.sequence, acknowledged, offered: stored.value }
  const offered = slot.value === null || same(slot.value, stored.value) ? null : slot.value
  return { ...slot, value: stored.value, sequence: stored.sequence, acknowledged, offered }
}
