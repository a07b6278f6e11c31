import { CERTIFICATE } from '../certificate'
import type { ActionRow, PageRow } from './world'

const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const EVERYBODY = { anonymous: 200, student: 200, instructor: 200, admin: 200, stranger: 200 } as const
const NOBODY = { anonymous: 404, student: 404, instructor: 404, admin: 404, stranger: 404 } as const

export const PAGES: readonly PageRow[] = [
  { id: 'school.certificates', host: 'school', path: () => '/certificates', ...OWN },
  // Whoever has the code may check it; nobody else finds anything.
  { id: 'school.certificate', host: 'school', path: () => `/certificates/${CERTIFICATE}`, ...EVERYBODY },
  { id: 'school.certificate', host: 'school', path: () => `/certificates/${'x'.repeat(22)}`, ...NOBODY },
  { id: 'school.certificate', host: 'school', path: () => '/certificates/short', ...NOBODY },
]

export const ACTIONS: readonly ActionRow[] = []
