'use server'
import { anyPerson, can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { changeChoices } from '#lib/awards/change-choices'
import { hideForm, shareForm } from '#lib/awards/contract'
import { addBreak, endBreak } from '#lib/breaks/change-breaks'
import { breakForm, endForm } from '#lib/breaks/contract'
import { courseForm, joinForm, removeForm, switchForm } from '#lib/leaderboard/contract'
import { joinBoard, leaveBoard } from '#lib/leaderboard/join'
import { changeBoard, removeFromBoard } from '#lib/leaderboard/manage'
import { authorOf } from '../school/[subdomain]/teach/editing'

const own = anyPerson('Everybody decides for themselves what they show of what they earned.')

/** Changes what people of the school see of one's profile. */
export const shareProfile = action({
  id: 'profile.share',
  access: own,
  input: shareForm,
  run: async ({ db, actor, input }) => {
    const changed = await changeChoices(db, { userId: person(actor).userId, changes: input })
    return { open: input.open, changed }
  },
  audit: ({ actor }, { changed }) =>
    changed === null ? null : { targetType: 'User', targetId: person(actor).userId, ...changed },
  then: ({ open }) => `/profile?done=${open ? 'shared' : 'closed'}`,
})

/** Hides streaks and badges from oneself, or shows them again. */
export const hideEarned = action({
  id: 'profile.hide',
  access: own,
  input: hideForm,
  run: async ({ db, actor, input }) => {
    const changed = await changeChoices(db, { userId: person(actor).userId, changes: input })
    return { hidden: input.hidden, changed }
  },
  audit: ({ actor }, { hidden, changed }) =>
    changed === null
      ? null
      : {
          ...{ targetType: 'User', targetId: person(actor).userId },
          ...{ before: { hidden: !hidden }, after: { hidden } },
        },
  then: ({ hidden }) => `/profile?done=${hidden ? 'hidden' : 'seen'}`,
})

/** Stands on the leaderboard of a course one is enrolled in, or changes the name one goes by there. */
export const joinLeaderboard = action({
  id: 'leaderboard.join',
  access: anyPerson('The resource decides: whoever is enrolled in a course with a leaderboard.'),
  input: joinForm,
  run: async ({ db, school, actor, input: { courseId, goesBy, nickname } }) => {
    const { userId } = person(actor)
    const wanted = goesBy === 'name' ? null : nickname
    return {
      courseId,
      ...(await joinBoard(db, { courseId, userId, nickname: wanted, locale: school.locale })),
    }
  },
  audit: (_context, { courseId, joined, nickname }) => ({
    ...{ targetType: 'Course', targetId: courseId },
    after: { joined: true, nickname },
    ...(joined ? { before: { joined: false } } : {}),
  }),
  then: ({ courseId, joined }) => `/courses/${courseId}/leaderboard?done=${joined ? 'joined' : 'renamed'}`,
})

/** Leaves a leaderboard. */
export const leaveLeaderboard = action({
  id: 'leaderboard.leave',
  access: anyPerson('Whoever stands on a leaderboard may leave it.'),
  input: courseForm,
  run: async ({ db, actor, input: { courseId } }) => ({
    courseId,
    left: await leaveBoard(db, { courseId, userId: person(actor).userId }),
  }),
  audit: (_context, { courseId, left }) =>
    left
      ? { targetType: 'Course', targetId: courseId, before: { joined: true }, after: { joined: false } }
      : null,
  then: ({ courseId }) => `/courses/${courseId}/leaderboard?done=left`,
})

/** Switches the leaderboard of a course on or off. */
export const switchLeaderboard = action({
  id: 'leaderboard.switch',
  access: can('course:edit'),
  input: switchForm,
  run: async ({ db, actor, input: { courseId, on } }) => ({
    ...{ courseId, on: on === 'yes' },
    changed: await changeBoard(db, { courseId, by: authorOf(actor), on: on === 'yes' }),
  }),
  audit: (_context, { courseId, on, changed }) =>
    changed === null
      ? null
      : {
          ...{ targetType: 'Course', targetId: courseId, before: { leaderboard: !on } },
          after: { leaderboard: on, ...(on ? {} : { left: String(changed.left) }) },
        },
  then: ({ courseId, on }) => `/teach/courses/${courseId}/leaderboard?done=${on ? 'on' : 'off'}`,
})

/** Takes somebody off the leaderboard of a course. */
export const takeOffLeaderboard = action({
  id: 'leaderboard.remove',
  access: can('course:edit'),
  input: removeForm,
  run: async ({ db, actor, input: { courseId, userId } }) => {
    await removeFromBoard(db, { courseId, userId, by: authorOf(actor) })
    return { courseId, userId }
  },
  audit: (_context, { courseId, userId }) => ({
    ...{ targetType: 'User', targetId: userId },
    ...{ before: { joined: true }, after: { joined: false, courseId } },
  }),
  then: ({ courseId }) => `/teach/courses/${courseId}/leaderboard?done=removed`,
})

/** Adds days on which nobody of the school misses a day. */
export const addSchoolBreak = action({
  id: 'school.break-add',
  access: can('school:settings'),
  input: breakForm,
  run: ({ db, school, input }) => {
    const { timeZone, locale } = school
    return addBreak(db, { ...input, timeZone, locale, now: new Date() })
  },
  audit: (_context, added) =>
    added === null
      ? null
      : {
          ...{ targetType: 'SchoolBreak', targetId: added.id },
          after: { name: added.name, firstDay: added.first, lastDay: added.last },
        },
  then: (added) => `/admin/breaks?done=${added === null ? 'there' : 'added'}`,
})

/** Ends a break, or takes one away that hasn't begun. */
export const endSchoolBreak = action({
  id: 'school.break-end',
  access: can('school:settings'),
  input: endForm,
  run: ({ db, school, input: { breakId } }) => {
    const { timeZone, locale } = school
    return endBreak(db, { breakId, timeZone, locale, now: new Date() })
  },
  audit: (_context, { before, last }) => ({
    ...{ targetType: 'SchoolBreak', targetId: before.id },
    before: { name: before.name, firstDay: before.first, lastDay: before.last },
    after: last === null ? { deleted: true } : { lastDay: last },
  }),
  then: ({ last }) => `/admin/breaks?done=${last === null ? 'removed' : 'ended'}`,
})
