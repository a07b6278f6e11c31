import { z } from 'zod'
import { nameText } from '#lib/identity/contract'
import { BREAKS } from './rules'

/** Days of a school on which nobody misses a day. */

const day = z.iso.date().refine((text) => text >= '2000-01-01' && text <= '2999-12-31')

export const breakForm = z.strictObject({ name: nameText(BREAKS.name).min(1), first: day, last: day })

export const endForm = z.strictObject({ breakId: z.string().regex(/^[a-z0-9]{1,40}$/) })

export const breaksSearch = z.strictObject({
  done: z.enum(['added', 'there', 'ended', 'removed']).optional().catch(undefined),
})

/** Whether it is still to come, under way, or over, by the calendar of the school. */
export type BreakState = 'coming' | 'now' | 'over'

export type BreakView = Readonly<{
  id: string
  name: string
  /** `YYYY-MM-DD`, both included. */
  first: string
  last: string
  state: BreakState
}>
