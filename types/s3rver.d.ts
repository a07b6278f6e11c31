declare module 's3rver' {
  import type { RequestListener } from 'node:http'

  /** The parts of it that tests use. */
  export default class S3rver {
    constructor(options: Readonly<{ directory: string; silent: boolean }>)
    configureBuckets(): Promise<unknown>
    callback(): RequestListener
  }
}
