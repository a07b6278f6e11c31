import 'server-only'
import { config } from '#lib/config'

/** Address of the root host as people type it, such as `https://smartlms.example`. No slash at its end. */
export function rootOrigin(): string {
  return config().origin
}

/** The same of a school: its subdomain before the root host. */
export function schoolOrigin(subdomain: string): string {
  const url = new URL(config().origin)
  url.hostname = `${subdomain}.${url.hostname}`
  return url.origin
}

/** The one Message-ID of a letter: of its row in the outbox, at this installation. */
export function messageIdOf(outboxId: string): string {
  return `${outboxId}@${config().rootDomain}`
}
