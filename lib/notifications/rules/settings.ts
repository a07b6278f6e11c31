import { z } from 'zod'
import type { NotificationType } from '../contract'
import {
  DEFAULT_SETTINGS,
  MAIL_CHOICES,
  NOTICE_TYPES,
  type NoticeSettings,
  type TypeChoice,
} from '../contract/settings'

const minute = z.number().int().min(0).max(1_439)

const choice = z.object({ app: z.boolean().optional(), mail: z.enum(MAIL_CHOICES).optional() })

/** As it is stored: what was chosen and nothing else. What an older version wrote, or a newer one, counts as not chosen. */
const stored = z.object({
  types: z.record(z.string(), z.unknown()).catch({}).default({}),
  quiet: z.object({ from: minute, until: minute }).nullable().optional().catch(undefined),
  digestHour: z.number().int().min(0).max(23).optional().catch(undefined),
})

function typeOf(type: NotificationType, given: unknown): TypeChoice {
  const parsed = choice.safeParse(given)
  const base = DEFAULT_SETTINGS.types[type]
  if (!parsed.success) return base
  return { app: parsed.data.app ?? base.app, mail: parsed.data.mail ?? base.mail }
}

/** How somebody is told: what they chose, and else what the product thinks best. */
export function settingsOf(choices: unknown): NoticeSettings {
  const parsed = stored.safeParse(choices)
  if (!parsed.success) return DEFAULT_SETTINGS
  const { types, quiet, digestHour } = parsed.data
  const entries = NOTICE_TYPES.map((type) => [type, typeOf(type, types[type])] as const)
  return {
    types: { ...DEFAULT_SETTINGS.types, ...Object.fromEntries(entries) },
    quiet: quiet === undefined ? DEFAULT_SETTINGS.quiet : quiet,
    digestHour: digestHour ?? DEFAULT_SETTINGS.digestHour,
  }
}

function differing(type: NotificationType, { app, mail }: TypeChoice): Partial<TypeChoice> {
  const base = DEFAULT_SETTINGS.types[type]
  return { ...(app === base.app ? {} : { app }), ...(mail === base.mail ? {} : { mail }) }
}

/** What is stored of somebody's settings: as far as they aren't what holds anyway. */
export function choicesOf(settings: NoticeSettings): Record<string, unknown> {
  const { quiet, digestHour } = settings
  const types = NOTICE_TYPES.map((type) => [type, differing(type, settings.types[type])] as const).filter(
    ([, chosen]) => Object.keys(chosen).length > 0,
  )
  const base = DEFAULT_SETTINGS.quiet
  const sameQuiet = quiet?.from === base?.from && quiet?.until === base?.until
  return {
    ...(types.length === 0 ? {} : { types: Object.fromEntries(types) }),
    ...(sameQuiet ? {} : { quiet }),
    ...(digestHour === DEFAULT_SETTINGS.digestHour ? {} : { digestHour }),
  }
}
