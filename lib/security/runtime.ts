import 'server-only'
import { config } from '#lib/config'

/** What routing and headers need to know about this process. */
export function runtime(): Readonly<{ rootDomain: string; development: boolean; demo: boolean }> {
  const { rootDomain, production, demo } = config()
  return { rootDomain, development: !production, demo }
}
