import 'server-only'
import { isIP } from 'node:net'
import { z } from 'zod'

/**
 * The only reader of process.env outside the launcher. Parsed on first use and not on import,
 * because `next build` imports this file on machines that hold no secret at all.
 */

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must be a postgresql:// address')
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')

/** An address with the number of its leading bits that count. */
export type Network = Readonly<{ address: string; bits: number }>

function readNetworks(text: string, context: z.RefinementCtx): Network[] {
  const entries = text.split(',').map((part) => part.trim())
  return entries.filter(Boolean).map((entry) => {
    const [address = '', suffix, ...rest] = entry.split('/')
    const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
    const bits = suffix === undefined ? most : Number(suffix)
    const valid = most > 0 && rest.length === 0 && /^\d*$/.test(suffix ?? '') && bits >= 1 && bits <= most
    if (!valid) context.addIssue(`"${entry}" is neither an address nor a network such as 10.0.0.0/8`)
    return { address, bits }
  })
}

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: postgresUrl.optional(),
  APP_DATABASE_URL: postgresUrl.optional(),
  PLATFORM_DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  SMARTLMS_ROOT_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a bare domain such as smartlms.example')
    .default('localhost'),
  SMARTLMS_DEMO: flag.default(false),
  SMARTLMS_TRUSTED_PROXIES: z.string().default('').transform(readNetworks),
  STORAGE_DIR: z.string().min(1).default('.data/storage'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Config = Readonly<{
  production: boolean
  demo: boolean
  /** Bare domain of the root host; a school lives at `<subdomain>.<rootDomain>`. */
  rootDomain: string
  logLevel: z.infer<typeof schema>['LOG_LEVEL']
  /** Folder of the local file store. */
  storageDir: string
  /** Addresses of reverse proxies whose X-Forwarded-* headers are believed. */
  trustedProxies: readonly Network[]
  database: Readonly<{ app: Connection; platform: Connection; poolSize: number }>
}>

/** `assumeRole`: no login role of its own was configured, so each connection switches role at start. */
export type Connection = Readonly<{ url: string; assumeRole: string | null }>

function connection(
  own: string | undefined,
  owner: string | undefined,
  name: string,
  role: string,
): Connection {
  if (own !== undefined) return { url: own, assumeRole: null }
  if (owner !== undefined) return { url: owner, assumeRole: role }
  throw new Error(
    `${name} is not set, and neither is DATABASE_URL. Set one of them, or start with "npm run demo".`,
  )
}

/**
 * Parses an environment.
 * @throws Error whose message is one sentence per problem, naming the variable and never its value.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    throw new Error(
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '),
    )
  }
  const parsed = result.data
  return {
    production: parsed.NODE_ENV === 'production',
    demo: parsed.SMARTLMS_DEMO,
    rootDomain: parsed.SMARTLMS_ROOT_DOMAIN,
    logLevel: parsed.LOG_LEVEL,
    storageDir: parsed.STORAGE_DIR,
    trustedProxies: parsed.SMARTLMS_TRUSTED_PROXIES,
    database: {
      app: connection(parsed.APP_DATABASE_URL, parsed.DATABASE_URL, 'APP_DATABASE_URL', 'smartlms_app'),
      platform: connection(
        parsed.PLATFORM_DATABASE_URL,
        parsed.DATABASE_URL,
        'PLATFORM_DATABASE_URL',
        'smartlms_platform',
      ),
      poolSize: parsed.DATABASE_POOL_SIZE,
    },
  }
}

let cached: Config | undefined

/** The process's configuration. @throws Error as `parseConfig`. */
export function config(): Config {
  cached ??= parseConfig(process.env)
  return cached
}
