import 'server-only'
import { z } from 'zod'
import { AppError } from '#lib/errors'
import { log } from '#lib/observability/log'
import { readLimited } from './read-limited'

/** Of a report, only what was blocked and by which rule is kept: addresses may hold personal data. */
const schema = z.object({
  'csp-report': z.object({
    'effective-directive': z.string().max(100).optional(),
    'violated-directive': z.string().max(100).optional(),
    'blocked-uri': z.string().max(2_000).optional(),
    'source-file': z.string().max(2_000).optional(),
    'line-number': z.number().optional(),
  }),
})

/** Reports that are logged per minute and process: anybody can send them, and a log is not for anybody to fill. */
const PER_MINUTE = 60
const minute = { started: 0, count: 0 }

function mayLog(now: number): boolean {
  if (now - minute.started > 60_000) {
    minute.started = now
    minute.count = 0
  }
  minute.count += 1
  return minute.count <= PER_MINUTE
}

/** Bytes; real reports are well under one kilobyte. */
const LIMIT = 16_384

function originOnly(address: string | undefined): string | null {
  if (address === undefined) return null
  return URL.canParse(address) ? new URL(address).origin : address.slice(0, 40)
}

/** Parses a report and logs it. @throws AppError 'payload_too_large', 'invalid_input' */
export async function readCspReport(request: Request): Promise<void> {
  const text = await readLimited(request, LIMIT)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid_input', 'A policy report is not JSON.', { cause })
  }
  const result = schema.safeParse(body)
  if (!result.success) throw new AppError('invalid_input', 'A policy report has another shape.')
  if (!mayLog(Date.now())) return
  const report = result.data['csp-report']
  log().warn(
    {
      directive: report['effective-directive'] ?? report['violated-directive'] ?? null,
      blocked: originOnly(report['blocked-uri']),
      source: originOnly(report['source-file']),
    },
    'content security policy report',
  )
}
