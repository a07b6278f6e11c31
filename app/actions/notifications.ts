'use server'
import { anyPerson, publicAccess } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { readAllNotices, readNotice } from '#lib/db/queries/notifications'
import { AppError } from '#lib/errors'
import { openForm, readAllForm, readForm, settingsForm, stopQuery } from '#lib/notifications/contract/forms'
import { saveSettings, stopLetters } from '#lib/notifications/settings'

const own = anyPerson('Everybody has notices of their own, and chooses what they hear of.')

const PAGE = '/notifications'

async function markRead(db: Parameters<typeof readNotice>[0], userId: string, id: string) {
  const notice = await readNotice(db, { userId, id })
  if (notice === null) throw new AppError('not_found', 'They have no such notice.')
  return notice
}

/** Notes that one was read, and stays. */
export const markNoticeRead = action({
  id: 'notice.read',
  access: own,
  input: readForm,
  run: async ({ db, actor, input }) => {
    await markRead(db, person(actor).userId, input.id)
    return input
  },
  audit: notAudited('That somebody read what they were told is theirs alone.'),
  then: ({ back }) => back,
})

/** Notes that one was read, and goes where it leads. */
export const openNotice = action({
  id: 'notice.open',
  access: own,
  input: openForm,
  run: ({ db, actor, input }) => markRead(db, person(actor).userId, input.id),
  audit: notAudited('That somebody read what they were told is theirs alone.'),
  then: ({ link }) => link ?? PAGE,
})

/** Notes that all were read that the page showed. */
export const markAllNoticesRead = action({
  id: 'notice.read-all',
  access: own,
  input: readAllForm,
  run: async ({ db, actor, input }) => {
    await readAllNotices(db, { userId: person(actor).userId, until: new Date(Number(input.until)) })
    return input
  },
  audit: notAudited('That somebody read what they were told is theirs alone.'),
  then: ({ back }) => (back === '' ? PAGE : `${PAGE}?type=${back}`),
})

/** Keeps how one wants to be told. */
export const saveNoticeSettings = action({
  id: 'notice.settings',
  access: own,
  input: settingsForm,
  run: async ({ db, school, actor, input }) => {
    const { userId } = person(actor)
    await saveSettings(db, { userId, form: input, locale: school.locale })
    return { userId }
  },
  audit: (_context, { userId }) => ({ targetType: 'User', targetId: userId, after: { notices: 'chosen' } }),
  then: () => '/account/notifications?done=saved',
})

const byLink = publicAccess('Whoever has the letter may stop its like; the link is signed.')

type Stopping = Awaited<ReturnType<typeof stopLetters>>

const trace = ({ userId, types, stopped }: Stopping) => ({
  ...{ targetType: 'User', targetId: userId },
  after: { letters: stopped ? 'stopped' : 'wanted', types: types.join(' ') },
})

const back = ({ types, token }: Readonly<{ types: string; token: string }>): string =>
  `/unsubscribe?${new URLSearchParams({ types, token }).toString()}`

/** Stops the letters that a link in one is about. */
export const stopTheseLetters = action({
  id: 'notice.stop-letters',
  access: byLink,
  input: stopQuery,
  run: async ({ db, input }) => ({ input, done: await stopLetters(db, { ...input, stop: true }) }),
  audit: (_context, { done }) => trace(done),
  then: ({ input }) => back(input),
})

/** Takes that back. */
export const wantTheseLetters = action({
  id: 'notice.want-letters',
  access: byLink,
  input: stopQuery,
  run: async ({ db, input }) => ({ input, done: await stopLetters(db, { ...input, stop: false }) }),
  audit: (_context, { done }) => trace(done),
  then: ({ input }) => back(input),
})
