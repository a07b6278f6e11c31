import crypto, { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import S3rver from 's3rver'
import { afterAll } from 'vitest'
import type { S3 } from '#lib/config'

/** What the server takes; it makes no other account. */
const KEY = 'S3RVER'
const BUCKET = 'school-files'

/**
 * The server hides in DES where the next page of a listing begins, and today's OpenSSL has no DES any more. Triple DES
 * with one key three times is the same.
 */
const triple = (key: Buffer) => Buffer.concat([key, key, key])
Object.assign(crypto, {
  createCipheriv: (name: string, key: Buffer, iv: Buffer) =>
    name === 'des' ? createCipheriv('des-ede3-cbc', triple(key), iv) : createCipheriv(name, key, iv),
  createDecipheriv: (name: string, key: Buffer, iv: Buffer) =>
    name === 'des' ? createDecipheriv('des-ede3-cbc', triple(key), iv) : createDecipheriv(name, key, iv),
})

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const escaped = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Waits until as much of a file as was sent has reached it. */
async function written(file: string, size: number): Promise<void> {
  while ((await stat(file)).size < size) await sleep(1)
}

/**
 * The server answers a little before what it was sent is in its files, and then shows an empty file to whoever asks
 * at once. S3 shows what it has confirmed; with this the server does too.
 */
function consistent(server: S3rver): S3rver {
  const { store } = server
  const putObject = store.putObject.bind(store)
  const putPart = store.putPart.bind(store)
  store.putObject = async (object) => {
    const result = await putObject(object)
    await written(store.getResourcePath(object.bucket, object.key, 'object'), result.size)
    return result
  }
  store.putPart = async (bucket, uploadId, part, content) => {
    const result = await putPart(bucket, uploadId, part, content)
    await written(join(store.getResourcePath(bucket, undefined, 'uploads'), uploadId, part), result.size)
    return result
  }
  return server
}

/** The signature that a request should have (AWS Signature Version 4), computed anew: the server behind compares none. */
function isSigned(request: IncomingMessage): boolean {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    )
  if (given === null) return false
  const [, id, day = '', region = '', names = '', signature] = given
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const query = [...searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [
    ...[request.method ?? '', pathname, query.sort().join('&'), headers.join(''), names],
    String(request.headers['x-amz-content-sha256']),
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = `AWS4-HMAC-SHA256\n${String(request.headers['x-amz-date'])}\n${scope}\n${sha256(canonical)}`
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${KEY}`)
  return id === KEY && hmac(key, text).toString('hex') === signature
}

/**
 * A real S3 server on a port of its own, with one bucket, which refuses requests that aren't signed with its key.
 * It ends with the test file.
 */
export async function s3Server(): Promise<Readonly<{ settings: S3; requests: readonly string[] }>> {
  const directory = await mkdtemp(join(tmpdir(), 's3-'))
  await mkdir(join(directory, BUCKET))
  const answer = consistent(new S3rver({ directory, silent: true })).callback()
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    if (isSigned(request)) answer(request, response)
    else
      response
        .writeHead(403, { Connection: 'close' })
        .end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await rm(directory, { recursive: true, force: true })
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    requests,
    settings: {
      ...{
        bucket: BUCKET,
        endpoint: `http://127.0.0.1:${String(port)}`,
        region: 'us-east-1',
        pathStyle: true,
      },
      credentials: { accessKeyId: KEY, secretAccessKey: KEY },
    },
  }
}
