import { isGrantable } from '#lib/auth/permissions'
import { type AuditEntryView, KNOWN_ACTIONS, KNOWN_FIELDS, KNOWN_TARGETS } from '#lib/audit/contract'
import { translator } from '#lib/i18n/translate'

/** What an action did, in words; its id where the catalogue has none (an older or a newer release wrote it). */
export function actionWords(locale: string, action: string): string {
  const known = KNOWN_ACTIONS.find((one) => one === action)
  return known === undefined ? action : translator(locale, 'audit')(`actions.${known}`)
}

type Entry = Pick<AuditEntryView, 'actorId' | 'targetType' | 'targetId' | 'targetName'>

/**
 * What it was done to; null where the action says all there is to say: of the school itself, and of what people do
 * to their own account.
 */
export function targetWords(locale: string, entry: Entry): string | null {
  const { targetType: type, targetName: name } = entry
  if (type === null || (name === null && (type === 'Tenant' || type === 'AuditLog'))) return null
  if (entry.targetId !== null && entry.targetId === entry.actorId) return null
  const t = translator(locale, 'audit')
  const known = KNOWN_TARGETS.find((one) => one === type)
  const kind = known === undefined ? type : t(`targets.${known}`)
  return name === null ? kind : t('on', { kind, name })
}

/** The name of a changed field. */
export function fieldWords(locale: string, field: string): string {
  const known = KNOWN_FIELDS.find((one) => one === field)
  return known === undefined ? field : translator(locale, 'audit')(`fields.${known}`)
}

/** One entry of a changed list; permissions by what they let people do. */
export function entryWords(locale: string, field: string, value: string): string {
  return field === 'permissions' && isGrantable(value)
    ? translator(locale, 'roles')(`permissionWords.${value}`)
    : value
}
