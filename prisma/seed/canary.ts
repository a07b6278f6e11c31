import { digest } from './ids'

/**
 * A word that stands in one school's private data and nowhere else: a response to anybody but that school's own
 * people that contains it has leaked. Lower-case letters, digits and dashes, so that no escaping can hide it.
 */
export function canaryOf(subdomain: string): string {
  return `canary-${subdomain}-${digest('canary', subdomain).slice(0, 16)}`
}
