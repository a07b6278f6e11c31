import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded, type Server as Database } from '#scripts/launcher/embedded'
import { Project, type Result } from './project'

const SECRET = 'k7-unspeakable'

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

/** One message of PostgreSQL's protocol. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** A server that lets everybody in and says to every question that it is PostgreSQL 14. */
function ancientServer(socket: Socket): void {
  const ready = message('Z', Buffer.from('I'))
  let greeted = false
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    if (!greeted) {
      greeted = true
      socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
    } else if (chunk[0] === 0x51) {
      const column = Buffer.concat([
        Buffer.from('\0\x01version\0', 'latin1'),
        Buffer.alloc(6),
        Buffer.from([0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]),
      ])
      const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 6]), Buffer.from('140009')])
      socket.write(
        Buffer.concat([
          message('T', column),
          message('D', row),
          message('C', Buffer.from('SELECT 1\0')),
          ready,
        ]),
      )
    }
  })
}

/** Whatever is wrong outside the product is said in one sentence, without a stack and without a password. */
describe('what goes wrong is said in one sentence', () => {
  const project = new Project()
  const busy = createServer()
  const ancient = createServer(ancientServer)
  let database: Database
  let busyPort = 0
  let ancientPort = 0

  beforeAll(async () => {
    database = await startEmbedded()
    busyPort = await listening(busy)
    ancientPort = await listening(ancient)
  })
  afterAll(async () => {
    busy.close()
    ancient.close()
    await database.stop()
    await project.remove()
  })

  function expectSentence(result: Result, sentence: RegExp): void {
    const output = result.stdout + result.stderr
    expect(result.code).toBe(1)
    expect(result.stderr.trim()).toMatch(sentence)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
    expect(output).not.toContain(SECRET)
    expect(output).not.toMatch(/^\s+at /m)
  }

  const address = (place: string): string => `postgresql://ann:${SECRET}@${place}`
  const demo = (url: string): Promise<Result> =>
    project.run('demo.mts', [], { DATABASE_URL: url, PORT: '4719' })

  it('a port in use', async () => {
    expectSentence(
      await project.run('demo.mts', [], { PORT: String(busyPort) }),
      /^Port \d+ is in use: .*\.$/,
    )
  })

  it('a PORT that is none', async () => {
    expectSentence(
      await project.run('demo.mts', [], { PORT: '80000' }),
      /^PORT is "80000", which is no port: .*\.$/,
    )
  })

  it.each([
    ['another scheme', `mysql://ann:${SECRET}@localhost/school`],
    ['no database', address('localhost')],
    ['a slash in the password', `postgresql://ann:a/${SECRET}@localhost/school`],
    ['a broken escape', `postgresql://ann:%zz${SECRET}@localhost/school`],
  ])('a malformed address: %s', async (_, url) => {
    expectSentence(await demo(url), /^DATABASE_URL is not a PostgreSQL address: .*\.$/)
  })

  it('a server that is not there', async () => {
    expectSentence(
      await demo(address('127.0.0.1:1/school')),
      /^The database server at 127\.0\.0\.1:1 can't be reached .*\.$/,
    )
  })

  it('a host that is not there', async () => {
    expectSentence(
      await demo(address('school.invalid/school')),
      /^The database server at school\.invalid:5432 can't be reached .*\.$/,
    )
  })

  it('a wrong password', async () => {
    const url = `postgresql://postgres:${SECRET}@127.0.0.1:${database.port}/school`
    expectSentence(
      await demo(url),
      /^The database server at \S+ refused the password of user "postgres": .*\.$/,
    )
  })

  it('a server that is too old', async () => {
    expectSentence(
      await demo(address(`127.0.0.1:${ancientPort}/school`)),
      /^The database server at \S+ is PostgreSQL 14, .*\.$/,
    )
  })

  it('a missing secret in production', async () => {
    expectSentence(await project.run('start.mts', [], { PORT: '4719' }), /^SMARTLMS_SECRET is not set: .*\.$/)
  })

  it('a missing database in production', async () => {
    writeBuild()
    const env = { PORT: '4719', SMARTLMS_SECRET: 'x'.repeat(40) }
    expectSentence(await project.run('start.mts', [], env), /^No database is set: .*\.$/)
  })

  it('a reset that nobody confirmed', async () => {
    expectSentence(
      await project.run('db.mts', ['reset'], { DATABASE_URL: database.url }),
      /^This deletes everything .*--force.*\.$/,
    )
  })

  function writeBuild(): void {
    mkdirSync(project.file('.next'), { recursive: true })
    writeFileSync(project.file('.next', 'BUILD_ID'), 'build')
  }
})
