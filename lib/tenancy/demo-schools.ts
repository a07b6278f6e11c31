import 'server-only'
import { config } from '#lib/config'
import { codeOf } from '#lib/errors'
import { listActiveSchools } from '#lib/db/platform'
import { requestFrame } from './frame'

/** Benchmarks add schools by the dozen; the landing page names the first few. */
const SHOWN = 3

/** Without its database the landing page still says what SmartLMS is. */
function none(error: unknown): [] {
  if (codeOf(error) !== 'unavailable') throw error
  return []
}

/** The schools that a demo's landing page links to; none outside demo mode. */
export async function demoSchools(): Promise<{ name: string; url: string }[]> {
  if (!config().demo) return []
  const { siteUrl } = await requestFrame()
  const schools = await listActiveSchools(SHOWN).catch(none)
  return schools.map(({ name, subdomain }) => ({ name, url: siteUrl.replace('://', `://${subdomain}.`) }))
}

/** Schools of the demo world whose accounts are told. Their people's password is known to everybody there. */
const DEMO_SCHOOLS = ['acme', 'globex']
const DEMO_ROLES = ['student', 'instructor', 'admin'] as const

export type DemoAccounts = Readonly<{
  password: string
  people: readonly Readonly<{ role: (typeof DEMO_ROLES)[number] | 'root'; email: string }>[]
}>

/** Accounts that a demo's sign-in page tells; null outside the demo, and at schools that were opened in it. */
export function demoPeople(subdomain: string | null): DemoAccounts | null {
  if (!config().demo) return null
  const password = 'smartlms-demo'
  if (subdomain === null) return { password, people: [{ role: 'root', email: 'root@smartlms.test' }] }
  if (!DEMO_SCHOOLS.includes(subdomain)) return null
  return { password, people: DEMO_ROLES.map((role) => ({ role, email: `${role}@${subdomain}.test` })) }
}
