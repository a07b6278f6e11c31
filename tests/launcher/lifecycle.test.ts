import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { startOf, waitUntil } from '#scripts/launcher/process-identity'
import { Project } from './project'

/** The project's database survives whatever happens to the processes around it. */
describe('local database', () => {
  const project = new Project()
  afterAll(() => project.remove())

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client(project.saved().databaseUrl)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  const ended = (pid: number): Promise<boolean> => waitUntil(() => startOf(pid) === undefined, 10_000)

  it('comes up below a folder that only its owner may enter, over the rests of an interrupted first start', async () => {
    mkdirSync(project.file('.data', 'pg.new-1', 'base'), { recursive: true })
    mkdirSync(project.file('.data', 'pg', 'base'), { recursive: true })
    writeFileSync(project.file('.data', 'database.json'), '{ "databaseUrl": "postg')

    const up = await project.up()
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    up.process.kill('SIGTERM')
    expect((await up.result).code).toBe(0)
    expect(existsSync(path.join(project.saved().dataDir, 'postmaster.pid'))).toBe(false)
    const base = path.dirname(project.saved().dataDir)
    expect(
      readdirSync(base).filter((name) => name.startsWith('pg.new-') && base !== project.file('.data')),
    ).toEqual([])
  })

  it('keeps the data where the server can reach them, says so, and lets nobody else read the passwords', async () => {
    const up = await project.up()
    const asRoot = process.getuid?.() === 0
    const { dataDir } = project.saved()
    expect(dataDir.startsWith(asRoot ? '/var/tmp/smartlms-' : project.folder)).toBe(true)
    expect(statSync(project.file('.data', 'database.json')).mode & 0o077).toBe(0)
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    up.process.kill('SIGINT')
    const { code, stdout } = await up.result
    expect(code).toBe(0)
    expect(stdout.includes(`The database is kept in ${dataDir}`)).toBe(asRoot)
  })

  it('is shared by two commands, and the last one to leave stops it', async () => {
    const first = await project.up()
    const pid = project.serverPid()
    const second = await project.up()
    first.process.kill('SIGTERM')
    await first.result
    expect(project.serverPid()).toBe(pid)
    expect(await query('SELECT 1 AS one')).toHaveLength(1)
    second.process.kill('SIGTERM')
    await second.result
    expect(startOf(pid)).toBeUndefined()
  })

  it('is adopted when the command that started it was killed', async () => {
    const first = await project.up()
    const pid = project.serverPid()
    first.process.kill('SIGKILL')
    await first.result
    const second = await project.up()
    expect(project.serverPid()).toBe(pid)
    second.process.kill('SIGTERM')
    await second.result
    expect(startOf(pid)).toBeUndefined()
  })

  it('keeps what was committed when everything is killed at once', async () => {
    const first = await project.up()
    await query('CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())')
    await query('INSERT INTO kept DEFAULT VALUES')
    const pid = project.serverPid()
    first.process.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await ended(pid)
    const second = await project.up()
    expect(await query('SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 1 }])
    second.process.kill('SIGTERM')
    await second.result
  })

  it('is not mistaken for a stranger that was given its process number', async () => {
    const { dataDir } = project.saved()
    writeFileSync(path.join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
    const up = await project.up()
    expect(project.serverPid()).not.toBe(process.pid)
    up.process.kill('SIGTERM')
    expect((await up.result).code).toBe(0)
  })

  it('opens again when the file with its passwords is lost', async () => {
    rmSync(project.file('.data', 'database.json'))
    const up = await project.up()
    expect(await query('SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 1 }])
    await query('DROP TABLE kept')
    up.process.kill('SIGTERM')
    expect((await up.result).code).toBe(0)
  })

  it('ends the command with a sentence when the server dies under it', async () => {
    const up = await project.up()
    process.kill(project.serverPid(), 'SIGKILL')
    const { code, stderr } = await up.result
    expect(code).toBe(1)
    expect(stderr.trim()).toMatch(/^The database stopped unexpectedly: .*\.$/)
  })

  it('takes up a first start that was cut short between two migrations', async () => {
    const first = await project.run('db.mts', ['deploy'])
    expect(first.code, first.stderr).toBe(0)
    const up = await project.up()
    await query('UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0')
    await query('DROP TABLE "Thing"')
    up.process.kill('SIGKILL')
    await up.result

    const again = await project.run('db.mts', ['deploy'])
    expect(again.code, again.stderr).toBe(0)
    const check = await project.up()
    expect(await query('SELECT count(*)::int AS rows FROM "Thing"')).toEqual([{ rows: 0 }])
    expect(
      await query(`SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS mighty
        FROM pg_roles WHERE rolname LIKE 'smartlms%login' ORDER BY rolname`),
    ).toEqual([
      { rolname: 'smartlms_app_login', mighty: false },
      { rolname: 'smartlms_platform_login', mighty: false },
      { rolname: 'smartlms_worker_login', mighty: false },
    ])
    check.process.kill('SIGTERM')
    await check.result
  })
})
