import 'server-only'
import { log } from './log'

/** Of what a library prints, only its first line: stacks repeat, and the rest may quote what was asked. */
function firstLine(parts: readonly unknown[]): string {
  const text = parts
    .map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : String(part)))
    .join(' ')
  return text.split('\n', 1)[0]?.slice(0, 300) ?? ''
}

/** Puts what the framework prints while it serves into the log, so that the log is JSON lines and nothing else. */
export function captureFrameworkOutput(): void {
  Object.assign(console, {
    error: (...parts: readonly unknown[]) => log().error({ source: 'framework' }, firstLine(parts)),
    warn: (...parts: readonly unknown[]) => log().warn({ source: 'framework' }, firstLine(parts)),
  })
}
