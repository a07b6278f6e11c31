import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { type Running, startWorker } from '#scripts/screenshots/throwaway'

/** Starts a worker beside the served product, for files whose people get letters. Stop it at the end of the file. */
export function startLetters(): Running {
  const { workerEnvironment, folder } = inject('served')
  return startWorker(workerEnvironment, folder)
}

type Written = Readonly<{ to: { address: string }; subject: string; text: string }>

function written(tenantId: string): Written[] {
  const folder = join(inject('served').mailDir, tenantId)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Written)
}

/** The newest letter to an address whose subject or text has the word, once it is there. @throws Error after ten seconds */
export async function letterTo(tenantId: string, address: string, word: RegExp): Promise<Written> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = written(tenantId).findLast(
      (letter) => letter.to.address === address && (word.test(letter.subject) || word.test(letter.text)),
    )
    if (found !== undefined) return found
    await sleep(100)
  }
  throw new Error(`No letter about ${String(word)} came to ${address}.`)
}

/** The link of a letter to a path. @throws Error when it has none */
export function linkIn(letter: Written, path: string): string {
  const found = letter.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname === path)
  if (found === undefined) throw new Error(`The letter has no link to ${path}.`)
  return found
}
