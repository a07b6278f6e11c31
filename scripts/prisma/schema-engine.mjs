#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which the CLI would otherwise download at first use. The CLI starts it
// through PRISMA_SCHEMA_ENGINE_BINARY (prisma.config.ts) and speaks JSON-RPC with it, one message a line. The work is
// done by the same engine's WebAssembly build. Plain JavaScript, because the machine's own Node may be what runs it.
import { parseArgs } from 'node:util'
import { runCliCommand } from './cli-commands.mjs'
import { EngineSession } from './session.mjs'
import { serve } from './rpc.mjs'
import { engineVersion } from './wasm.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', multiple: true, short: 'd' },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean', short: 'V' },
  },
})
const datasource = values.datasource ? JSON.parse(values.datasource) : {}

if (values.version) {
  process.stdout.write(`schema-engine-wasm ${engineVersion()}\n`)
} else if (positionals[0] === 'cli') {
  process.exitCode = await runCliCommand(positionals[1], datasource)
} else {
  const session = new EngineSession(values.datamodels ?? [], datasource)
  // The CLI ends stdin and then sends SIGTERM at once; a scratch database still open has to go before the process does.
  const leave = () => session.close().finally(() => process.exit(0))
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  await serve(session, leave)
}
