import 'server-only'
import { config } from '#lib/config'
import { listActiveSchools } from '#lib/db/platform'
import { requestFrame } from './frame'

/** Benchmarks add schools by the dozen; the landing page names the first few. */
const SHOWN = 3

/** The schools that a demo's landing page links to; none outside demo mode. */
export async function demoSchools(): Promise<{ name: string; url: string }[]> {
  if (!config().demo) return []
  const { siteUrl } = await requestFrame()
  const schools = await listActiveSchools(SHOWN)
  return schools.map(({ name, subdomain }) => ({ name, url: siteUrl.replace('://', `://${subdomain}.`) }))
}
