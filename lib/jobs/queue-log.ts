import 'server-only'
import { Logger } from 'graphile-worker'
import { log } from '#lib/observability/log'

/**
 * The queue's own words in our log: complaints as they are, the rest only when somebody looks for it. First lines
 * alone, because what follows is a stack that our own line about the same fault has.
 */
export function queueLogger(): Logger {
  return new Logger(() => (level, message) => {
    const text = message.split('\n', 1)[0] ?? ''
    if (level === 'error') log().error({ source: 'queue' }, text)
    else if (level === 'warning') log().warn({ source: 'queue' }, text)
    else log().debug({ source: 'queue' }, text)
  })
}
