import 'server-only'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { S3 } from '#lib/config'
import { AppError } from '#lib/errors'
import { assertKey, assertPrefix, contentTypeOf } from './keys'
import { exactly, inParts } from './streams'
import { assertPut, type Data, emptyFile, type ListedObject, type Store } from './store'

/** Bytes of a part of a large file; S3 wants at least 5 MiB, and at most 10,000 parts. */
const PART = 8 * 1024 * 1024

/** Milliseconds to a connection, and from there to the head of the answer. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 30_000, throwOnRequestTimeout: true }

type Bucket = Readonly<{ client: S3Client; name: string }>

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}

/**
 * No answer, a busy or a broken server: 'unavailable', it may well work in a moment. A refusal (wrong credentials,
 * no such bucket) is a fault of the installation and stays unexpected, for the log. Never with the server's own
 * message: that may quote keys.
 */
async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const status = statusOf(error)
    const name = error instanceof Error ? error.name : 'unknown'
    if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429)
      throw new Error(`The file store refused: ${name}, ${status}.`, { cause: error })
    throw new AppError('unavailable', `The file store can’t be reached: ${name}.`, { cause: error })
  }
}

/** Parts one after another, so that memory holds two of them at most, however large the file is. */
async function putParts(
  { client, name }: Bucket,
  key: string,
  parts: AsyncIterable<Uint8Array>,
): Promise<void> {
  const target = { Bucket: name, Key: key }
  const { UploadId } = await asked(
    client.send(new CreateMultipartUploadCommand({ ...target, ContentType: contentTypeOf(key) })),
  )
  const upload = { ...target, UploadId }
  const done: { PartNumber: number; ETag: string | undefined }[] = []
  try {
    for await (const Body of parts) {
      const PartNumber = done.length + 1
      const { ETag } = await asked(client.send(new UploadPartCommand({ ...upload, PartNumber, Body })))
      done.push({ PartNumber, ETag })
    }
    await asked(
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: done } })),
    )
  } catch (error) {
    // What this can't remove stays, unseen, until the bucket's own rule for unfinished uploads takes it.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
    throw error
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  if (bytes.byteLength > 0) yield bytes
}

async function put(bucket: Bucket, key: string, data: Data): Promise<void> {
  const parts = data instanceof Uint8Array ? whole(data) : inParts(data, PART)
  try {
    const first = await parts.next()
    if (first.done === true) throw emptyFile()
    const second = await parts.next()
    if (second.done !== true) {
      await putParts(bucket, key, resumed([first.value, second.value], parts))
      return
    }
    const stored = { Bucket: bucket.name, Key: key, ContentType: contentTypeOf(key), Body: first.value }
    await asked(bucket.client.send(new PutObjectCommand(stored)))
  } finally {
    // The sender's stream ends here too, also when the server wants no more of it.
    await parts.return(undefined)
  }
}

async function* resumed(
  taken: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* taken
  yield* rest
}

async function sizeOf({ client, name }: Bucket, key: string): Promise<number | null> {
  try {
    const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket: name, Key: key }))
    return ContentLength === 0 ? null : ContentLength
  } catch (error) {
    if (statusOf(error) === 404) return null
    return asked(Promise.reject(error instanceof Error ? error : new Error('unknown')))
  }
}

async function openPart(
  { client, name }: Bucket,
  key: string,
  start: number,
  end: number,
): Promise<ReadableStream<Uint8Array>> {
  const Range = `bytes=${String(start)}-${String(end)}`
  const { Body } = await asked(client.send(new GetObjectCommand({ Bucket: name, Key: key, Range })))
  if (Body === undefined) throw new AppError('unavailable', 'The file store answered without a body.')
  return Body.transformToWebStream()
}

async function* objectsIn({ client, name }: Bucket, prefix: string): AsyncGenerator<ListedObject> {
  let token: string | undefined
  do {
    const page = await asked(
      client.send(new ListObjectsV2Command({ Bucket: name, Prefix: prefix, ContinuationToken: token })),
    )
    for (const { Key, LastModified } of page.Contents ?? [])
      if (Key !== undefined && LastModified !== undefined) yield { key: Key, modifiedAt: LastModified }
    token = page.NextContinuationToken
  } while (token !== undefined)
}

/**
 * Files in an S3 bucket, Amazon's or another server's. The credentials need to read, write, delete and list; without
 * the right to list, S3 answers 403 for what isn't there. The bucket should have a rule that removes unfinished uploads.
 */
export function s3Store(settings: S3): Store {
  const client = new S3Client({
    region: settings.region,
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    credentials: settings.credentials,
    forcePathStyle: settings.pathStyle,
    // The newer checksums come as trailers, which many servers other than Amazon's refuse.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: TIMEOUTS,
  })
  const bucket: Bucket = { client, name: settings.bucket }
  return {
    put: async (key, data, { contentType }) => {
      assertPut(key, contentType)
      await put(bucket, key, data)
    },
    open: async (key) => {
      assertKey(key)
      const size = await sizeOf(bucket, key)
      if (size === null) return null
      return {
        size,
        contentType: contentTypeOf(key),
        read: (start, end) => exactly(end - start + 1, () => openPart(bucket, key, start, end)),
      }
    },
    remove: async (key) => {
      assertKey(key)
      await asked(client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key })))
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return objectsIn(bucket, prefix)
    },
  }
}
