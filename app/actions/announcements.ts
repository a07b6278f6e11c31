'use server'
import { announce, changeAnnouncement, keepStanding } from '#lib/announcements/announce'
import {
  changeForm,
  changeSchoolForm,
  keepForm,
  keepSchoolForm,
  sayForm,
  saySchoolForm,
} from '#lib/announcements/contract'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { authorOf } from '../school/[subdomain]/teach/editing'

const teaching = can('course:edit')
const running = can('school:settings')

const placeOf = (courseId: string): string => `/teach/courses/${courseId}/announcements`
const SCHOOL = '/admin/announcements'

type Kept = Readonly<{ id: string; title: string; changed: boolean; standing: boolean }>

const trace = (id: string, after: Readonly<Record<string, unknown>>) => ({
  ...{ targetType: 'Announcement', targetId: id, after },
})

const traceOfKept = ({ id, title, changed, standing }: Kept) =>
  changed ? trace(id, { title, standing }) : null

const after = (place: string, { id, standing }: Kept): string =>
  standing ? `${place}?done=restored` : `${place}?removed=${id}`

/** Says something to everybody of a course. */
export const announceToCourse = action({
  id: 'announcement.course',
  access: teaching,
  input: sayForm,
  run: async ({ db, actor, input }) => ({
    input,
    said: await announce(db, { ...input, by: authorOf(actor) }),
  }),
  audit: (_context, { input: { courseId, title }, said: { id, isNew } }) =>
    isNew ? trace(id, { courseId, title }) : null,
  then: ({ input }) => `${placeOf(input.courseId)}?done=said`,
})

/** Gives it other words. */
export const changeCourseAnnouncement = action({
  id: 'announcement.course-change',
  access: teaching,
  input: changeForm,
  run: async ({ db, actor, input }) => {
    await changeAnnouncement(db, { ...input, by: authorOf(actor) })
    return input
  },
  audit: (_context, { id, courseId, title }) => trace(id, { courseId, title }),
  then: ({ courseId }) => `${placeOf(courseId)}?done=changed`,
})

/** Takes it back, or lets it stand again. */
export const keepCourseAnnouncement = action({
  id: 'announcement.course-keep',
  access: teaching,
  input: keepForm,
  run: async ({ db, actor, input }) => {
    const { courseId, id } = input
    const standing = input.standing === 'yes'
    const kept = await keepStanding(db, { courseId, id, standing, by: authorOf(actor) })
    return { courseId, kept: { id, standing, ...kept } }
  },
  audit: (_context, { kept }) => traceOfKept(kept),
  then: ({ courseId, kept }) => after(placeOf(courseId), kept),
})

/** Says something to the whole school. */
export const announceToSchool = action({
  id: 'announcement.school',
  access: running,
  input: saySchoolForm,
  run: async ({ db, actor, input }) => ({
    input,
    said: await announce(db, { ...input, courseId: null, by: authorOf(actor) }),
  }),
  audit: (_context, { input: { title }, said: { id, isNew } }) => (isNew ? trace(id, { title }) : null),
  then: () => `${SCHOOL}?done=said`,
})

/** Gives it other words. */
export const changeSchoolAnnouncement = action({
  id: 'announcement.school-change',
  access: running,
  input: changeSchoolForm,
  run: async ({ db, actor, input }) => {
    await changeAnnouncement(db, { ...input, courseId: null, by: authorOf(actor) })
    return input
  },
  audit: (_context, { id, title }) => trace(id, { title }),
  then: () => `${SCHOOL}?done=changed`,
})

/** Takes it back, or lets it stand again. */
export const keepSchoolAnnouncement = action({
  id: 'announcement.school-keep',
  access: running,
  input: keepSchoolForm,
  run: async ({ db, actor, input }) => {
    const standing = input.standing === 'yes'
    const kept = await keepStanding(db, { id: input.id, courseId: null, standing, by: authorOf(actor) })
    return { id: input.id, standing, ...kept }
  },
  audit: (_context, kept) => traceOfKept(kept),
  then: (kept) => after(SCHOOL, kept),
})
