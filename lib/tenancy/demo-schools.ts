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
