import 'server-only'
import { findNoticeSettings, lockNoticeSettings, putNoticeSettings } from '#lib/db/queries/notifications'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { NotificationType } from './contract'
import type { SettingsForm } from './contract/forms'
import {
  DEFAULT_SETTINGS,
  MAIL_CHOICES,
  NOTICE_TYPES,
  type NoticeSettings,
  type TypeChoice,
} from './contract/settings'
import { choicesOf, settingsOf } from './rules/settings'
import { readStop } from './stop-link'

/** How one wants to be told, and when it was last changed; null: never. */
export async function loadSettings(
  db: TenantDb,
  userId: string,
): Promise<Readonly<{ settings: NoticeSettings; seen: Date | null }>> {
  const row = await findNoticeSettings(db, userId)
  return { settings: settingsOf(row?.choices ?? {}), seen: row?.updatedAt ?? null }
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

function choiceOf(form: SettingsForm, type: NotificationType): TypeChoice {
  const mail = MAIL_CHOICES.find((choice) => choice === form[`mail-${type}`]) ?? 'off'
  return { app: form[`app-${type}`] === 'on', mail }
}

function settingsIn(form: SettingsForm, locale: string): NoticeSettings {
  const quiet =
    form.quiet === 'on' ? { from: minutesOf(form.quietFrom), until: minutesOf(form.quietUntil) } : null
  if (quiet !== null && quiet.from === quiet.until)
    throw new AppError('invalid_input', 'Quiet hours of no length.', {
      fields: { quietUntil: translator(locale, 'notices.settings')('same') },
    })
  const types = Object.fromEntries(NOTICE_TYPES.map((type) => [type, choiceOf(form, type)] as const))
  return { types: { ...DEFAULT_SETTINGS.types, ...types }, quiet, digestHour: Number(form.digestHour) }
}

/** Keeps how one wants to be told. @throws AppError 'conflict' when it was changed since the form was opened, 'invalid_input' */
export async function saveSettings(
  db: TenantDb,
  input: Readonly<{ userId: string; form: SettingsForm; locale: string }>,
): Promise<void> {
  const { userId, form, locale } = input
  const choices = choicesOf(settingsIn(form, locale))
  const seen = form.seen === '' ? null : new Date(form.seen)
  if (!(await putNoticeSettings(db, { userId, choices, seen })))
    throw new AppError('conflict', 'The settings were changed since the form was opened.', {
      fields: { form: translator(locale, 'notices.settings')('changed') },
    })
}

export type Stopped = Readonly<{ userId: string; types: readonly NotificationType[]; stopped: boolean }>

/** What the link of a letter is about, and whether such letters have stopped; null: it is none of ours, or nobody's any more. */
export async function loadStop(
  db: TenantDb,
  asked: Readonly<{ types: string; token: string }>,
): Promise<Stopped | null> {
  const link = readStop(db.tenantId, asked)
  if (link === null) return null
  const { types } = (await loadSettings(db, link.userId)).settings
  return { ...link, stopped: link.types.every((type) => types[type].mail === 'off') }
}

/** As it was before, as far as anybody knows: what the product thinks best, or at once. */
const again = (type: NotificationType): TypeChoice['mail'] => {
  const { mail } = DEFAULT_SETTINGS.types[type]
  return mail === 'off' ? 'once' : mail
}

/**
 * Stops the letters that a link is about, or begins with them again. Twice is once.
 * @throws AppError 'not_found' for a link that is none of ours, or of somebody who is gone
 */
export async function stopLetters(
  db: TenantDb,
  asked: Readonly<{ types: string; token: string; stop: boolean }>,
): Promise<Stopped> {
  const link = readStop(db.tenantId, asked)
  const row = link === null ? null : await lockNoticeSettings(db, link.userId)
  if (link === null || row === null) throw new AppError('not_found', 'A link that stops nobody’s letters.')
  const settings = settingsOf(row.choices)
  const changed = link.types.map((type) => {
    const { app } = settings.types[type]
    return [type, { app, mail: asked.stop ? ('off' as const) : again(type) }] as const
  })
  const types = { ...settings.types, ...Object.fromEntries(changed) }
  await putNoticeSettings(db, { userId: link.userId, choices: choicesOf({ ...settings, types }) })
  return { ...link, stopped: asked.stop }
}
