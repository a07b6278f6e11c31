declare module 's3rver' {
  import type { RequestListener } from 'node:http'

  type Written = { size: number }

  /** The parts of it that tests use. */
  class S3rver {
    constructor(options: Readonly<{ directory: string; silent: boolean }>)
    callback(): RequestListener
    readonly store: {
      getResourcePath(bucket: string, key: string | undefined, resource: 'object' | 'uploads'): string
      putObject(object: Readonly<{ bucket: string; key: string }>): Promise<Written>
      putPart(bucket: string, uploadId: string, part: string, content: unknown): Promise<Written>
    }
  }
  export = S3rver
}
