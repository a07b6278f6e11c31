import { JOIN_EARLY, JOIN_GRACE } from '../contract/constants'

const MINUTE = 60_000

type Timed = Readonly<{
  scheduledAt: Date
  /** Minutes. */
  duration: number
  cancelledAt: Date | null
}>

export type DoorState = 'early' | 'open' | 'over' | 'cancelled'

export type Door = Readonly<{ state: DoorState; opensAt: Date; closesAt: Date }>

/** When a class may be entered, and whether it may be now. The first instant is in it, the last is not. */
export function doorOf({ scheduledAt, duration, cancelledAt }: Timed, now: Date): Door {
  const opensAt = new Date(scheduledAt.getTime() - JOIN_EARLY * MINUTE)
  const closesAt = new Date(scheduledAt.getTime() + (duration + JOIN_GRACE) * MINUTE)
  const state = now < opensAt ? 'early' : now < closesAt ? 'open' : 'over'
  return { state: cancelledAt === null ? state : 'cancelled', opensAt, closesAt }
}
