// Loads the schema engine's WebAssembly build by hand: Node imports `.wasm` files only behind a flag before 24.5.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

/**
 * Rejects when the engine panics, and never settles otherwise. A panic surfaces as an exception outside every promise:
 * the call that caused it would wait for ever, and the process would die without a word to the CLI.
 *
 * @type {Promise<never>}
 */
export const enginePanic = new Promise((_, reject) => {
  let panicMessage
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panicMessage = message) }
  process.on('uncaughtException', (error) => {
    if (error instanceof WebAssembly.RuntimeError && panicMessage) error.message = panicMessage
    reject(error)
  })
})
enginePanic.catch(() => undefined)

/** @returns {Promise<typeof import('@prisma/schema-engine-wasm').SchemaEngine>} the engine's class, ready to use */
export async function loadSchemaEngine() {
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const [glue, bytes] = await Promise.all([
    import(pathToFileURL(glueFile).href),
    readFile(join(dirname(glueFile), 'schema_engine_bg.wasm')),
  ])
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

/** @returns {string} the engine package's version, which ends with the hash of the engine's commit */
export function engineVersion() {
  return require(join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'package.json')).version
}
