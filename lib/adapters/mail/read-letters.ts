import 'server-only'
import path from 'node:path'
import { config } from '#lib/config'
import { readFolder, type SentLetter } from './folder'

// Apart from mailer.ts, so that the web server doesn't carry an SMTP client for it.

/**
 * Letters that were written into the folder, for the demo's outbox page.
 * @param tenantId whose letters; no other's are among them
 * @returns the newest `limit`, newest first
 */
export async function readLetters(tenantId: string, limit: number): Promise<SentLetter[]> {
  return readFolder(path.resolve(config().mail.folder), tenantId, limit)
}
