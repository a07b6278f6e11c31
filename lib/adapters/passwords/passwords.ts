import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { config } from '#lib/config'
import { Gate } from './gate'

/**
 * Password hashing: argon2id with OWASP's first recommendation (19 MiB, two passes, one lane), about 25 ms each.
 * A hundred at once would keep both cores and the thread pool busy for seconds while pages wait, so only a few
 * run at a time and the rest stand in line.
 */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

/** Two at once leave half of libuv's four threads to everything else. */
const gate = new Gate({ atOnce: 2, inLine: 300 })

/** Of no password anybody has. Checked in place of a hash that isn't there, so that both answers take as long. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$qkXIYBceZE5CmJJxhB95Qw$o3ZSGFLL3OiwkAziTZ1UTlVYWgD8xQOwD2J9T4DJmOc'

/** Everybody knows it, so it opens nothing outside the demo. */
const DEMO_PASSWORD = 'smartlms-demo'

/** A PHC text. @throws AppError 'unavailable' when too many stand in line */
export function hashPassword(password: string): Promise<string> {
  return gate.pass(() => hash(password, OPTIONS))
}

/**
 * Whether a password is the one behind a stored value. For null, or a value that isn't a hash, it takes as long and
 * says no.
 * @throws AppError 'unavailable' when too many stand in line
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const known = stored !== null && stored.startsWith('$argon2')
  const right = await gate.pass(() => verify(known ? stored : NOBODYS, password).catch(() => false))
  const open = config().demo || !config().production || password !== DEMO_PASSWORD
  return known && right && open
}
