import { seedId } from '#prisma/seed/ids'
import type { ActionRow, PageRow, World } from './world'

/** Who may run a school: its admins, and nobody else. */

const ADMINS = { anonymous: 307, student: 403, instructor: 403, admin: 200, stranger: 307 } as const
const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const

const SEEN = '2026-01-01T00:00:00.000Z'

/** A role that the seed makes in each of its schools. */
const roleOf = (school: World['acme']): string => seedId('role', school.id, 'Teaching assistant')

export const PAGES: readonly PageRow[] = [
  { id: 'admin.overview', host: 'school', path: () => '/admin', ...ADMINS },
  { id: 'admin.roles', host: 'school', path: () => '/admin/roles', ...ADMINS },
  { id: 'admin.new-role', host: 'school', path: () => '/admin/roles/new', ...ADMINS },
  { id: 'admin.role', host: 'school', path: (w) => `/admin/roles/${roleOf(w.acme)}`, ...ADMINS },
  {
    id: 'admin.role',
    host: 'school',
    path: (w) => `/admin/roles/${roleOf(w.globex)}`,
    ...ADMINS,
    admin: 404,
  },
  { id: 'admin.brand', host: 'school', path: () => '/admin/brand', ...ADMINS },
  { id: 'admin.settings', host: 'school', path: () => '/admin/settings', ...ADMINS },
  { id: 'admin.audit', host: 'school', path: () => '/admin/audit', ...ADMINS },
  { id: 'admin.audit', host: 'school', path: () => '/admin/audit?cursor=forged', ...ADMINS, admin: 404 },
]

const brand = {
  name: 'Acme',
  description: '',
  accentColor: '#0E7490',
  timeZone: 'UTC',
  locale: 'en',
  seen: SEEN,
}
const settings = { signUp: 'INVITED', mailDomains: '', seen: SEEN }
const role = { name: 'Night porter', description: '', 'may-user': 'user:read' }

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'school.brand',
    form: () => brand,
    refused: REFUSED,
    broken: { who: 'admin', form: () => ({ ...brand, tenantId: 'globex' }), code: 'invalid_input' },
    // Seen long ago: whoever changed the school meanwhile is not overwritten.
    foreign: [{ who: 'admin', form: () => brand, code: 'conflict' }],
  },
  {
    id: 'school.settings',
    form: () => settings,
    refused: REFUSED,
    broken: {
      who: 'admin',
      form: () => ({ ...settings, mailDomains: 'bücher.example' }),
      code: 'invalid_input',
    },
    foreign: [{ who: 'admin', form: () => ({ ...settings, mailDomains: 'x.example' }), code: 'conflict' }],
  },
  {
    id: 'school.logo',
    form: () => ({}),
    refused: REFUSED,
    broken: { who: 'admin', form: () => ({ file: 'no file' }), code: 'invalid_input' },
  },
  {
    id: 'school.logo-remove',
    form: () => ({}),
    refused: REFUSED,
    broken: { who: 'admin', form: () => ({ logo: 'globex/public/logo.webp' }), code: 'invalid_input' },
  },
  {
    id: 'roles.create',
    form: () => role,
    refused: REFUSED,
    broken: {
      who: 'admin',
      form: () => ({ ...role, 'may-platform': 'platform:manage' }),
      code: 'invalid_input',
    },
  },
  {
    id: 'roles.update',
    form: (w) => ({ ...role, roleId: roleOf(w.acme), seen: SEEN }),
    refused: REFUSED,
    broken: {
      who: 'admin',
      form: (w) => ({ ...role, roleId: roleOf(w.acme), seen: '' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'admin', form: (w) => ({ ...role, roleId: roleOf(w.globex), seen: SEEN }), code: 'not_found' },
    ],
  },
  {
    id: 'roles.delete',
    form: (w) => ({ roleId: roleOf(w.acme) }),
    refused: REFUSED,
    broken: { who: 'admin', form: () => ({ roleId: '' }), code: 'invalid_input' },
    foreign: [{ who: 'admin', form: (w) => ({ roleId: roleOf(w.globex) }), code: 'not_found' }],
  },
]
