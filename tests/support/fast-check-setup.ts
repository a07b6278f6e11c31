import fc from 'fast-check'

/**
 * Every property of the run starts from FC_SEED, which vitest.config.mts chooses and prints.
 * Without it a failure that was found by chance could not be repeated.
 */
const seed = Number(process.env['FC_SEED'])
if (Number.isSafeInteger(seed)) fc.configureGlobal({ seed })
