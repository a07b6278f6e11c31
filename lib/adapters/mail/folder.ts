import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Letter, Mailer } from './letter'

const person = z.strictObject({ name: z.string(), address: z.string() })

const sentLetter = z.strictObject({
  messageId: z.string(),
  from: person,
  to: person,
  replyTo: person.optional(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  unsubscribe: z.string().optional(),
  /** ISO 8601, UTC. */
  sentAt: z.string(),
})

/** A letter as it lies in the folder. */
export type SentLetter = Readonly<z.infer<typeof sentLetter>>

const TENANT = /^[a-z0-9]{1,40}$/
/** `2026-11-24T09-00-00-000Z-<id>.json`: by name is by time. */
const NAME = /^\d{4}-[\dTZ-]+-[\w.-]+\.json$/

function folderOf(folder: string, tenantId: string): string {
  if (!TENANT.test(tenantId)) throw new Error('A letter’s tenant is malformed.')
  return path.join(folder, tenantId)
}

async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const part = path.join(folder, `.${randomUUID()}`)
  try {
    const handle = await open(part, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, path.join(folder, name))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/**
 * Writes letters into a folder instead of sending them, one file each, which only this user may read.
 * @param from address of the installation
 */
export function folderMailer(folder: string, from: string): Mailer {
  return {
    send: async (tenantId: string, { fromName, ...letter }: Letter) => {
      const sentAt = new Date().toISOString()
      const sent: SentLetter = { ...letter, from: { name: fromName, address: from }, sentAt }
      const id = letter.messageId.split('@')[0] ?? ''
      const name = `${sentAt.replace(/[:.]/g, '-')}-${id}.json`
      await writeWhole(folderOf(folder, tenantId), name, JSON.stringify(sent, null, 2))
    },
  }
}

function parse(text: string): SentLetter[] {
  try {
    const result = sentLetter.safeParse(JSON.parse(text))
    return result.success ? [result.data] : []
  } catch {
    return []
  }
}

/** The newest letters of a tenant, newest first. A file that is no letter is left out. */
export async function readFolder(folder: string, tenantId: string, limit: number): Promise<SentLetter[]> {
  const own = folderOf(folder, tenantId)
  const names = await readdir(own).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const newest = names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .slice(0, limit)
  const texts = await Promise.all(newest.map((name) => readFile(path.join(own, name), 'utf8')))
  return texts.flatMap(parse)
}
