/** What an open page is told by the server, as text of an event stream. Without zod: the browser has it. */
export type LiveState = Readonly<{
  /** As it stands on the bell: '3', '99+', or nothing. */
  badge: string
  /** The bell in words. */
  label: string
  /** What is new since the page last knew; null: nothing. */
  news: Readonly<{ id: string; title: string; link: string | null }> | null
}>

/** The stream's events: what is new, and that it is over for good. */
export const LIVE_EVENTS = { state: 'state', end: 'end' } as const

export const LIVE_PATH = '/api/notifications/live'

/** Where an open page's tabs talk to each other, and the lock that the one with the stream holds. */
export const LIVE_NAME = 'smartlms-notices'
