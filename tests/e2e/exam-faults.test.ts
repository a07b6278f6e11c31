import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Browser, type Net, openAgent, randomFrom } from '#tests/support/exam-faults/browser'
import { faultsOf } from '#tests/support/exam-faults/checker'
import { Stage } from '#tests/support/exam-faults/stage'

// People sit an exam on the real product while its servers, its worker and its database are killed.

const isDeep = process.env['SMARTLMS_DEEP'] === '1'
const PEOPLE = Number(process.env['EXAM_PEOPLE'] ?? (isDeep ? 10_000 : 1_000))
const QUESTIONS = 10
/** Browsers at work at the same time. */
const AT_ONCE = 24
/** Times that something is broken before the last seconds. */
const FAULTS = isDeep ? 40 : 5
const SEED = Number(process.env['EXAM_SEED'] ?? process.env['FC_SEED'] ?? 1)
const MINUTES = isDeep ? 40 : 8

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open(inject('served').folder)
})
afterAll(() => stage.close())

async function together<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const rest = [...all]
  const next = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

/** Breaks one thing after another, each at its share of the work, so that a slow machine is not broken more often. */
function breaking(progress: () => number): () => Promise<void> {
  const kinds = [
    () => stage.killWeb(0),
    () => stage.cutConnections(),
    () => stage.killWorker(),
    () => stage.crashDatabase(),
    () => stage.killWeb(1),
  ]
  let over = false
  const run = async (): Promise<void> => {
    for (let fault = 0; fault < FAULTS; fault += 1) {
      while (!over && progress() < (fault + 1) / (FAULTS + 1)) {
        await sleep(20)
      }
      if (over) return
      await kinds[fault % kinds.length]?.()
      await stage.reviveWorker()
    }
  }
  const running = run()
  return async () => {
    over = true
    await running
  }
}

/** How a person's exam ends: by their own hand early, in the last second, with the browser closed, or at work. */
const ENDS = ['last second', 'early', 'last second', 'gone', 'last second', 'at work'] as const
type End = (typeof ENDS)[number]

async function sitThrough(
  browsers: readonly Browser[],
  endOf: (browser: Browser) => End,
  done: () => void,
): Promise<void> {
  await together(browsers, AT_ONCE, async (browser) => {
    await browser.start()
    for (let round = 0; round < 3; round += 1) await browser.work()
    if (endOf(browser) === 'early') await browser.submit()
    done()
  })
}

/** The last seconds before a deadline that they all have, and what comes after it. */
async function lastSeconds(
  browsers: readonly Browser[],
  endOf: (browser: Browser) => End,
  random: () => number,
): Promise<void> {
  await Promise.all(
    browsers.map(async (browser) => {
      const end = endOf(browser)
      if (end === 'last second') {
        await sleep(Math.max(0, browser.deadlineAt - Date.now() - random() * 1_000))
        await browser.submit()
      } else if (end === 'at work') {
        // Typed until well after the end: some of it is taken, and the rest is told that it was not.
        while (!browser.over) {
          await browser.work()
          await sleep(300 + random() * 700)
        }
      }
    }),
  )
}

/** Waits until everything has been ended and graded. */
async function untilSettled(): Promise<void> {
  const until = Date.now() + 120_000
  while (Date.now() < until) {
    const { running, unmarked } = await stage.waiting()
    if (running + unmarked === 0) return
    await stage.reviveWorker()
    await sleep(250)
  }
  throw new Error(`Not everything was ended: ${JSON.stringify(await stage.waiting())}`)
}

test(
  'no acknowledged answer is lost, none is doubled, and no deadline is judged wrongly',
  async () => {
    const began = Date.now()
    const random = randomFrom(SEED)
    const cookies = await stage.arrange(PEOPLE, QUESTIONS)
    const net: Net = {
      ...{ ports: () => stage.ports, host: 'acme.localhost', agent: openAgent() },
      until: began + (MINUTES - 1) * 60_000,
    }
    const browsers = cookies.map(
      (cookie, n) => new Browser(net, { cookie, userId: `ann${n}`, examId: 'final', seed: SEED + n }),
    )
    const ends = new Map(browsers.map((browser, n) => [browser, ENDS[n % ENDS.length] ?? 'early']))
    const endOf = (browser: Browser): End => ends.get(browser) ?? 'early'
    let through = 0
    const stop = breaking(() => through / PEOPLE)
    await sitThrough(browsers, endOf, () => (through += 1))
    await stop()
    const left = browsers.filter((browser) => endOf(browser) !== 'early')
    const deadline = await stage.setDeadline(
      left.map(({ userId }) => userId),
      8,
    )
    for (const browser of left) browser.deadlineAt = deadline
    await Promise.all([
      lastSeconds(left, endOf, random),
      sleep(deadline - Date.now() - 300).then(() => stage.killWeb(0)),
      sleep(deadline - Date.now() + 500).then(() => stage.killWorker()),
    ])
    await untilSettled()
    net.agent.destroy()
    const journals = browsers.map(({ journal }) => journal)
    const told = journals.flatMap((journal) => journal.told)
    const count = (outcome: string) => told.filter((one) => one.outcome === outcome).length
    process.stdout.write(
      `EXAM_SEED=${SEED}: ${PEOPLE} attempts, ${count('saved')} answers acknowledged, ${count('closed')} refused, ` +
        `${stage.broken.length} faults, ${Math.round((Date.now() - began) / 1_000)} s\n`,
    )
    expect(faultsOf(journals, await stage.finals(), (id) => Number(id.slice(1)) % 2 === 0)).toEqual([])
    // Each kind of fault happened, and each kind of end.
    expect(new Set(stage.broken).size).toBeGreaterThanOrEqual(3)
    expect(count('saved')).toBeGreaterThan(PEOPLE * 3)
    expect(count('closed')).toBeGreaterThan(0)
  },
  MINUTES * 60_000,
)
