import type { ActionRow, PageRow } from './world'

const EVERYBODY = { anonymous: 200, student: 200, instructor: 200, admin: 200, stranger: 200 } as const

/** Open to all; what it finds depends on who asks (tests/integration/search.test.ts). */
export const PAGES: readonly PageRow[] = [
  { id: 'school.search', host: 'school', path: () => '/search', ...EVERYBODY },
  { id: 'school.search', host: 'school', path: () => '/search?q=select', ...EVERYBODY },
  {
    id: 'school.search',
    host: 'school',
    path: () => `/search?q=${'x'.repeat(101)}`,
    anonymous: 404,
    admin: 404,
  },
]

export const ACTIONS: readonly ActionRow[] = []
