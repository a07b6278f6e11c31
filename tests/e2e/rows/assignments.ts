import type { ActionRow, PageRow, World } from './world'

/** Assignments as their learners have them: the enrollment decides. Those of other courses and schools are nowhere. */
const NOWHERE = { host: 'school', anonymous: 307, student: 404, instructor: 404, admin: 404 } as const

export const PAGES: readonly PageRow[] = [
  {
    ...{ id: 'school.assignment', ...NOWHERE, student: 200 },
    path: ({ assignment }) => `/assignments/${assignment.own}`,
  },
  {
    ...{ id: 'school.assignment', ...NOWHERE },
    path: ({ assignment }) => `/assignments/${assignment.unenrolled}`,
  },
  {
    ...{ id: 'school.assignment', ...NOWHERE },
    path: ({ assignment }) => `/assignments/${assignment.foreign}`,
  },
]

const work = (assignmentId: string, intent: 'save' | 'hand-in') => ({
  ...{ assignmentId, intent, key: 'a'.repeat(32), seen: '', content: 'Mine', link: '' },
})

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'assignment.work',
    form: ({ assignment }) => work(assignment.own, 'hand-in'),
    refused: { anonymous: 'unauthenticated' },
    // Whoever isn't enrolled finds nothing, whatever their role.
    foreign: (['save', 'hand-in'] as const).flatMap((intent) => [
      ...(['instructor', 'admin'] as const).map((who) => ({
        ...{ who, form: ({ assignment }: World) => work(assignment.own, intent), code: 'not_found' },
      })),
      ...(['unenrolled', 'foreign'] as const).map((which) => ({
        ...{ who: 'student' as const, code: 'not_found' },
        form: ({ assignment }: World) => work(assignment[which], intent),
      })),
    ]),
    broken: {
      who: 'student',
      form: ({ assignment }) => ({ ...work(assignment.own, 'hand-in'), content: ' ' }),
      code: 'invalid_input',
    },
  },
]
