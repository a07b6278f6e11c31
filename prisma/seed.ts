/**
 * Fills the database with the demo world: three schools with people, courses and eight weeks of life in them.
 *
 *   npx prisma db seed                            the demo world
 *   npx prisma db seed -- --anchor 2026-03-02     as if that were today
 *   npx prisma db seed -- --scale 50x             and about a million rows for benchmarks (prisma/seed/scale.ts)
 *
 * A second run adds what is missing and changes nothing; it keeps the day of the first one. Connects with
 * DATABASE_URL as the owner of the tables, and copies the lessons' pictures and films into STORAGE_DIR.
 */
import { resolve } from 'node:path'
import type { Client } from 'pg'
import { SeedContentError } from './seed/content/read'
import {
  analyze,
  connected,
  databaseSentence,
  databaseUrl,
  standingAnchor,
  transaction,
} from './seed/database'
import { insertRows } from './seed/insert'
import { parseOptions, SeedRefusal, type Options } from './seed/options'
import { countRows, reportOf } from './seed/report'
import { foldDemo, recountProgress } from './seed/recount'
import { scaleUp } from './seed/scale'
import { storeFiles } from './seed/storage'
import { buildWorld } from './seed/world'

const { NODE_ENV, SMARTLMS_DEMO, DATABASE_URL, STORAGE_DIR } = process.env

/** Everybody knows the demo passwords, so they may not exist where real people are. */
function refuseInProduction(): void {
  if (NODE_ENV !== 'production' || SMARTLMS_DEMO === '1' || SMARTLMS_DEMO === 'true') return
  throw new SeedRefusal('The demo world has well-known passwords, so in production it needs SMARTLMS_DEMO=1.')
}

async function seedWorld(client: Client, options: Options): Promise<void> {
  const standing = await standingAnchor(client)
  const anchor = standing ?? options.anchor
  const day = anchor.toISOString().slice(0, 10)
  if (options.anchorGiven && anchor.getTime() !== options.anchor.getTime()) {
    console.log(`The demo world is there already and stands on ${day}; that day is kept.`)
  }
  const { rows, files } = buildWorld(anchor)
  const added = await transaction(client, async () => {
    const counts = await insertRows(client, rows)
    const grown = (counts.get('Lesson') ?? 0) + (counts.get('LessonProgress') ?? 0) > 0
    if (standing !== null && grown) await recountProgress(client)
    await foldDemo(client)
    return counts
  })
  const copied = await storeFiles(resolve(STORAGE_DIR || '.data/storage'), files)
  if (standing === null) await analyze(client)
  console.log(reportOf(await countRows(client), added))
  console.log(`  as of ${day}; ${files.length} files in the store, ${copied} of them new`)
}

async function main(): Promise<void> {
  const begun = performance.now()
  const seconds = (): string => ((performance.now() - begun) / 1_000).toFixed(1)
  refuseInProduction()
  const options = parseOptions(process.argv.slice(2), new Date())
  await connected(databaseUrl(DATABASE_URL), async (client) => {
    await seedWorld(client, options)
    console.log(`The demo world is ready after ${seconds()} s.`)
    if (options.scale === 0) return
    await scaleUp(client, options.scale, (line) => console.log(line))
    console.log(`The benchmark schools are ready after ${seconds()} s.`)
  })
}

main().catch((error: unknown) => {
  const known = error instanceof SeedRefusal || error instanceof SeedContentError
  const sentence = known ? error.message : databaseSentence(error)
  console.error(sentence ?? error)
  process.exitCode = 1
})
