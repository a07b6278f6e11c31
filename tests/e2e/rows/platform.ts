import { randomUUID } from 'node:crypto'
import type { ActionRow, PageRow } from './world'

/** Everybody who is signed in on a school's host is nobody on the root host. */
const OUTSIDE = { anonymous: 307, stranger: 307 } as const
const REFUSED = { anonymous: 'unauthenticated', stranger: 'unauthenticated' } as const

export const PAGES: readonly PageRow[] = [
  { id: 'site.sign-up', host: 'root', path: () => '/sign-up', anonymous: 200, root: 200 },
  {
    ...{ id: 'site.sign-up-confirm', host: 'root', path: () => '/sign-up/confirm?token=forged.token' },
    ...{ anonymous: 200, root: 200 },
  },
  { id: 'platform.schools', host: 'root', path: () => '/platform', ...OUTSIDE, root: 200 },
  {
    ...{ id: 'platform.school', host: 'root', ...OUTSIDE, root: 200 },
    path: (world) => `/platform/schools/${world.acme.id}`,
  },
  { id: 'platform.audit', host: 'root', path: () => '/platform/audit', ...OUTSIDE, root: 200 },
]

const request = (subdomain: string) => ({
  ...{ requestKey: randomUUID(), schoolName: 'A school of the matrix', subdomain },
  ...{ name: 'Mat Rix', email: 'matrix@school.example', timeZone: 'UTC' },
})
const reason = 'asked for by the matrix'

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'platform.request-school', host: 'root', refused: {} },
    form: () => request('matrix-school'),
    broken: { who: 'anonymous', form: () => request('admin'), code: 'invalid_input' },
    foreign: [{ who: 'anonymous', form: (world) => request(world.acme.subdomain), code: 'invalid_input' }],
  },
  {
    ...{ id: 'platform.open-school', host: 'root', refused: {} },
    form: () => ({ token: 'forged.token', subdomain: 'matrix-school', password: 'quiet umbrella seventeen' }),
    broken: {
      who: 'anonymous',
      form: () => ({ token: 'forged.token', subdomain: 'matrix-school', password: 'short' }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'anonymous',
        form: (world) => ({
          ...{ token: `${world.globex.id}.token`, subdomain: 'matrix-school' },
          password: 'quiet umbrella seventeen',
        }),
        code: 'not_found',
      },
    ],
  },
  {
    ...{ id: 'platform.change-plan', host: 'root', refused: REFUSED },
    form: (world) => ({ schoolId: world.acme.id, seen: 'FREE', plan: 'PRO', reason }),
    broken: {
      who: 'root',
      form: (world) => ({ schoolId: world.acme.id, seen: 'FREE', plan: 'GOLD', reason }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'root',
        form: () => ({ schoolId: 'platform', seen: 'ENTERPRISE', plan: 'FREE', reason }),
        code: 'not_found',
      },
    ],
  },
  {
    ...{ id: 'platform.change-status', host: 'root', refused: REFUSED },
    form: (world) => ({ schoolId: world.acme.id, seen: 'ACTIVE', status: 'SUSPENDED', reason }),
    broken: {
      who: 'root',
      form: (world) => ({ schoolId: world.acme.id, seen: 'ACTIVE', status: 'SUSPENDED', reason: 'short' }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'root',
        form: () => ({ schoolId: 'platform', seen: 'ACTIVE', status: 'SUSPENDED', reason }),
        code: 'not_found',
      },
    ],
  },
]
