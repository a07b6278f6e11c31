import 'server-only'
import { type Config, config } from '#lib/config'
import { localStore } from './local'
import type { Store } from './store'

export type { Store, StoredObject } from './store'

/** The S3 client is loaded with the first file: an installation without a bucket never pays for it. */
function lazily(load: () => Promise<Store>): Store {
  let loaded: Promise<Store> | undefined
  const store = () => (loaded ??= load())
  return {
    put: async (...given) => (await store()).put(...given),
    open: async (...given) => (await store()).open(...given),
    remove: async (...given) => (await store()).remove(...given),
    async *list(prefix) {
      yield* (await store()).list(prefix)
    },
  }
}

/** The store that a configuration asks for: its bucket, or else its folder. */
export function storeOf({ s3, storageDir }: Pick<Config, 's3' | 'storageDir'>): Store {
  if (s3 === null) return localStore(storageDir)
  return lazily(async () => (await import('./s3')).s3Store(s3))
}

let chosen: Store | undefined

/** This installation's store. */
export function storage(): Store {
  chosen ??= storeOf(config())
  return chosen
}
