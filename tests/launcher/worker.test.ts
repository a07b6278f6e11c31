import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOf, startOf, waitUntil } from '#scripts/launcher/process-identity'
import { Project } from './project'

/**
 * In place of the product's worker: says who it is and what it was given, then waits. Ends itself at SIGTERM after
 * having noted it, as the worker does.
 */
const STANDIN = String.raw`
const fs = require('node:fs')
const file = process.env.MAIL_DIR + '.log'
const { DATABASE_URL, WORKER_DATABASE_URL, APP_DATABASE_URL, NODE_OPTIONS, PORT } = process.env
fs.appendFileSync(file, JSON.stringify({ pid: process.pid, DATABASE_URL, WORKER_DATABASE_URL, APP_DATABASE_URL, NODE_OPTIONS, PORT }) + '\n')
process.on('SIGTERM', () => { fs.appendFileSync(file, JSON.stringify({ stopped: process.pid }) + '\n'); process.exit(0) })
setInterval(() => {}, 1000)
`

type Line = Readonly<Record<string, unknown>>

describe('the worker', () => {
  const project = new Project()
  const log = project.file('mail.log')
  const env = { SMARTLMS_DEMO: '1', PORT: '4721', MAIL_DIR: project.file('mail') }

  beforeAll(async () => {
    mkdirSync(project.file('.next'))
    writeFileSync(project.file('.next', 'smartlms-worker.cjs'), STANDIN)
    const deployed = await project.run('db.mts', ['deploy'])
    expect(deployed.code, deployed.stderr).toBe(0)
  })
  afterAll(() => project.remove())

  function lines(): Line[] {
    if (!existsSync(log)) return []
    return readFileSync(log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line)
  }

  const begun = (): Line[] => lines().filter((line) => 'pid' in line)
  const pidOf = (line: Line | undefined): number => Number(line?.['pid'])

  it('is started with a login of its own and without the owner’s, and stopped with the rest', async () => {
    const command = project.start('worker.mts', env)
    expect(await waitUntil(() => begun().length === 1, 30_000)).toBe(true)
    const [line] = begun()
    expect(line).toMatchObject({
      ...{ DATABASE_URL: '', PORT: '4721', WORKER_DATABASE_URL: project.saved().workerDatabaseUrl },
      ...{ APP_DATABASE_URL: project.saved().appDatabaseUrl },
      NODE_OPTIONS: expect.stringContaining('--conditions=react-server') as string,
    })
    command.process.kill('SIGTERM')
    expect((await command.result).code).toBe(0)
    expect(lines()).toContainEqual({ stopped: pidOf(line) })
    expect(startOf(pidOf(line))).toBeUndefined()
  })

  it('is started again whenever it dies, each time after a longer pause, and its command lives on', async () => {
    rmSync(log)
    const command = project.start('worker.mts', env)
    const pauses: number[] = []
    for (let death = 1; death <= 3; death += 1) {
      expect(await waitUntil(() => begun().length === death, 30_000, 10)).toBe(true)
      const pid = pidOf(begun()[death - 1])
      expect(commandOf(pid)).toContain('smartlms-worker.cjs')
      process.kill(pid, 'SIGKILL')
      const died = Date.now()
      expect(await waitUntil(() => begun().length === death + 1, 30_000, 10)).toBe(true)
      pauses.push(Date.now() - died)
    }
    for (const [n, least] of [500, 1_000, 2_000].entries()) {
      expect(pauses[n]).toBeGreaterThanOrEqual(least)
      expect(pauses[n]).toBeLessThan(least + 1_500)
    }
    expect(command.process.exitCode).toBeNull()
    const last = pidOf(begun()[3])
    command.process.kill('SIGTERM')
    const { code, stdout } = await command.result
    expect(code).toBe(0)
    expect(stdout).toContain('The worker stopped (SIGKILL) and is started again in 0.5 s.')
    expect(startOf(last)).toBeUndefined()
  })

  it('left behind by a command that was killed is stopped by the next one', async () => {
    rmSync(log)
    const first = project.start('worker.mts', env)
    expect(await waitUntil(() => begun().length === 1, 30_000)).toBe(true)
    first.process.kill('SIGKILL')
    // Its output stays open: the worker has inherited it.
    expect(await waitUntil(() => first.process.signalCode !== null, 10_000)).toBe(true)
    const second = project.start('worker.mts', env)
    expect(await waitUntil(() => begun().length === 2, 30_000)).toBe(true)
    expect(startOf(pidOf(begun()[0]))).toBeUndefined()
    second.process.kill('SIGTERM')
    await second.result
  })

  it('gets a login where the file of logins is older than it', async () => {
    const { workerDatabaseUrl: _gone, ...older } = project.saved()
    writeFileSync(project.file('.data', 'database.json'), JSON.stringify(older))
    rmSync(log)
    const command = project.start('worker.mts', env)
    expect(await waitUntil(() => begun().length === 1, 30_000)).toBe(true)
    expect(begun()[0]).toMatchObject({
      WORKER_DATABASE_URL: project.saved().workerDatabaseUrl,
      DATABASE_URL: '',
    })
    expect(project.saved()).toMatchObject(older)
    command.process.kill('SIGTERM')
    await command.result
  })

  it('that has no build, or no way to its database, is said in one sentence', async () => {
    const up = await project.up()
    const { appDatabaseUrl, platformDatabaseUrl } = project.saved()
    const production = { SMARTLMS_SECRET: 'x'.repeat(40), APP_DATABASE_URL: appDatabaseUrl }
    const homeless = await project.run('worker.mts', [], {
      ...production,
      PLATFORM_DATABASE_URL: platformDatabaseUrl,
    })
    expect(homeless.code).toBe(1)
    expect(homeless.stderr.trim()).toMatch(/^The worker has no database: .*\.$/)
    up.process.kill('SIGTERM')
    await up.result
    rmSync(project.file('.next'), { recursive: true })
    const unbuilt = await project.run('worker.mts', [], { SMARTLMS_DEMO: '1' })
    expect(unbuilt.code).toBe(1)
    expect(unbuilt.stderr.trim()).toMatch(/^There is no build of the worker: .*\.$/)
  })
})
