'use server'
import { anyPerson } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { makeFeed, stopFeed } from '#lib/calendar/change-feed'
import { feedForm } from '#lib/calendar/contract'

const WHY = 'Everybody decides about their own calendar’s address.'
const of = (targetId: string) => ({ targetType: 'CalendarFeed', targetId })

/** An address for one's own calendar, in place of the one that was there. */
export const makeCalendarFeed = action({
  id: 'calendar.feed-make',
  access: anyPerson(WHY),
  input: feedForm,
  run: async ({ db, actor, input: { seen } }) => {
    const { userId } = person(actor)
    return { id: await makeFeed(db, { userId, seen }), renewed: seen !== '' }
  },
  audit: ({ input: { seen } }, { id, renewed }) =>
    id === null ? null : { ...of(id), ...(renewed ? { before: { id: seen } } : {}), after: { id } },
  then: ({ renewed }) => `/calendar?done=${renewed ? 'renewed' : 'made'}#feed`,
})

export const stopCalendarFeed = action({
  id: 'calendar.feed-off',
  access: anyPerson(WHY),
  input: feedForm,
  run: async ({ db, actor, input: { seen } }) => {
    const { userId } = person(actor)
    return { stopped: await stopFeed(db, { userId, seen }) }
  },
  audit: ({ input: { seen } }, { stopped }) => (stopped ? { ...of(seen), after: { deleted: true } } : null),
  then: () => '/calendar?done=turnedOff#feed',
})
