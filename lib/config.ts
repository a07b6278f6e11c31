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
  SMARTLMS_ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/\s]+$/, 'must be the root host’s address, such as https://smartlms.example')
    .optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  SMARTLMS_DEMO: flag.default(false),
  SMARTLMS_TRUSTED_PROXIES: z.string().default('').transform(readNetworks),
  SMARTLMS_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  WORKER_DATABASE_URL: postgresUrl.optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must be an smtp:// or smtps:// address')
    .optional(),
  MAIL_FROM: z.string().min(3).max(200).default('SmartLMS <no-reply@localhost>'),
  MAIL_DIR: z.string().min(1).default('.data/mail'),
  STORAGE_DIR: z.string().min(1).default('.data/storage'),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_PATH_STYLE: flag.default(false),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(40).default('Single sign-on'),
  AI_PROVIDER: z.enum(['openai-compatible', 'anthropic']).optional(),
  AI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  AI_MODEL: z.string().min(1).max(200).optional(),
  AI_API_KEY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Config = Readonly<{
  production: boolean
  demo: boolean
  /** Bare domain of the root host; a school lives at `<subdomain>.<rootDomain>`. */
  rootDomain: string
  /** Address of the root host as people type it, without a slash at its end: letters link to it. */
  origin: string
  logLevel: z.infer<typeof schema>['LOG_LEVEL']
  /** Folder of the local file store. */
  storageDir: string
  /** The S3 bucket that replaces the local store; null where none is set. */
  s3: S3 | null
  mail: Mail
  /** OpenID providers that people may sign in with. */
  providers: readonly Provider[]
  /** The language model that the tutor asks; null where none is set: it quotes passages then. */
  ai: Ai | null
  /** Addresses of reverse proxies whose X-Forwarded-* headers are believed. */
  trustedProxies: readonly Network[]
  database: Readonly<{ app: Connection; platform: Connection; poolSize: number }>
}>

export type S3 = Readonly<{
  bucket: string
  /** Null: Amazon's own. */
  endpoint: string | null
  region: string
  credentials: Readonly<{ accessKeyId: string; secretAccessKey: string }>
  /** The bucket in the path instead of the host: what most servers other than Amazon's want. */
  pathStyle: boolean
}>

/** `smtpUrl` null: mail is written into `folder`, where the demo's outbox page reads it. */
export type Mail = Readonly<{ smtpUrl: string | null; from: string; folder: string }>

export type Ai = Readonly<{
  provider: 'openai-compatible' | 'anthropic'
  /** Of the service, such as https://api.example/v1; null: Anthropic's own. */
  baseUrl: string | null
  model: string
  /** Null: a server that asks for none, such as one on this machine. */
  key: string | null
}>

export type Provider = Readonly<{
  id: 'google' | 'microsoft' | 'oidc'
  /** What stands on its button. */
  name: string
  /** OpenID Connect issuer, whose /.well-known/openid-configuration tells the rest. */
  issuer: string
  clientId: string
  clientSecret: string
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

type Parsed = z.infer<typeof schema>

/** All of some variables, or none. @throws Error naming what is missing */
function together<const Names extends readonly (keyof Parsed)[]>(
  parsed: Parsed,
  names: Names,
): { [Name in Names[number]]: string } | null {
  const given = names.filter((name) => typeof parsed[name] === 'string')
  if (given.length === 0) return null
  const missing = names.find((name) => typeof parsed[name] !== 'string')
  if (missing !== undefined) throw new Error(`${missing} is not set, but ${given.join(', ')} is.`)
  return Object.fromEntries(names.map((name) => [name, parsed[name]])) as { [Name in Names[number]]: string }
}

/** Outside production and in the demo the web server is visited directly, on its own port. */
function originOf(parsed: Parsed): string {
  const { SMARTLMS_ROOT_DOMAIN: domain, PORT } = parsed
  const direct = parsed.SMARTLMS_DEMO || parsed.NODE_ENV !== 'production'
  if (!direct) return `https://${domain}`
  return `http://${domain}${PORT === 80 ? '' : `:${String(PORT)}`}`
}

function s3Of(parsed: Parsed): S3 | null {
  const given = together(parsed, ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
  if (given === null) return null
  return {
    bucket: given.S3_BUCKET,
    endpoint: parsed.S3_ENDPOINT ?? null,
    region: parsed.S3_REGION,
    credentials: { accessKeyId: given.S3_ACCESS_KEY_ID, secretAccessKey: given.S3_SECRET_ACCESS_KEY },
    pathStyle: parsed.S3_PATH_STYLE,
  }
}

function providersOf(parsed: Parsed): Provider[] {
  const google = together(parsed, ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
  const microsoft = together(parsed, ['MICROSOFT_CLIENT_ID', 'MICROSOFT_CLIENT_SECRET'])
  const oidc = together(parsed, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  const found: (Provider | null)[] = [
    google && {
      ...{ id: 'google', name: 'Google', issuer: 'https://accounts.google.com' },
      ...{ clientId: google.GOOGLE_CLIENT_ID, clientSecret: google.GOOGLE_CLIENT_SECRET },
    },
    microsoft && {
      ...{ id: 'microsoft', name: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' },
      ...{ clientId: microsoft.MICROSOFT_CLIENT_ID, clientSecret: microsoft.MICROSOFT_CLIENT_SECRET },
    },
    oidc && {
      ...{ id: 'oidc', name: parsed.OIDC_NAME, issuer: oidc.OIDC_ISSUER.replace(/\/$/, '') },
      ...{ clientId: oidc.OIDC_CLIENT_ID, clientSecret: oidc.OIDC_CLIENT_SECRET },
    },
  ]
  return found.filter((provider) => provider !== null)
}

function aiOf(parsed: Parsed): Ai | null {
  const { AI_PROVIDER: provider, AI_BASE_URL, AI_MODEL: model, AI_API_KEY } = parsed
  if (provider === undefined) {
    if (model !== undefined) throw new Error('AI_PROVIDER is not set, but AI_MODEL is.')
    return null
  }
  if (model === undefined) throw new Error('AI_MODEL is not set, but AI_PROVIDER is.')
  const missing =
    provider === 'anthropic'
      ? AI_API_KEY === undefined && 'AI_API_KEY'
      : AI_BASE_URL === undefined && 'AI_BASE_URL'
  if (missing !== false) throw new Error(`${missing} is not set, but AI_PROVIDER is ${provider}.`)
  return { provider, baseUrl: AI_BASE_URL?.replace(/\/$/, '') ?? null, model, key: AI_API_KEY ?? null }
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
    origin: parsed.SMARTLMS_ORIGIN ?? originOf(parsed),
    logLevel: parsed.LOG_LEVEL,
    storageDir: parsed.STORAGE_DIR,
    s3: s3Of(parsed),
    mail: { smtpUrl: parsed.SMTP_URL ?? null, from: parsed.MAIL_FROM, folder: parsed.MAIL_DIR },
    providers: providersOf(parsed),
    ai: aiOf(parsed),
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

let cachedSecret: string | undefined

/**
 * The key behind links, cookies of a sign-in under way and stored second factors (at least 32 characters).
 * Apart from `config`, because tools that sign nothing run without one.
 * @throws Error when SMARTLMS_SECRET is not set
 */
export function secret(): string {
  cachedSecret ??= z
    .string({ error: 'SMARTLMS_SECRET is not set.' })
    .min(32, 'SMARTLMS_SECRET must have at least 32 characters.')
    .parse(process.env['SMARTLMS_SECRET'])
  return cachedSecret
}

/**
 * The worker's own connection, for its queue.
 * @throws Error when neither WORKER_DATABASE_URL nor DATABASE_URL is set
 */
export function workerConnection(): Connection {
  const env = schema.pick({ WORKER_DATABASE_URL: true, DATABASE_URL: true }).parse({
    WORKER_DATABASE_URL: process.env['WORKER_DATABASE_URL'] || undefined,
    DATABASE_URL: process.env['DATABASE_URL'] || undefined,
  })
  return connection(env.WORKER_DATABASE_URL, env.DATABASE_URL, 'WORKER_DATABASE_URL', 'smartlms_worker')
}

/**
 * Lets next-auth take its origin from the request's own host, which proxy.ts has validated: one process serves many.
 * It reads the environment itself and knows no option for this; an address fixed there would send everybody to it.
 */
export function trustRequestHost(): void {
  process.env['AUTH_TRUST_HOST'] = '1'
  delete process.env['NEXTAUTH_URL']
}
