import { translator } from '#lib/i18n/translate'
import type { Work } from '#lib/people/contract'

const KINDS = ['enrollments', 'submissions', 'attempts'] as const

/** What somebody has done, each kind with its number; kinds without any are left out. */
export function workInWords(locale: string, work: Omit<Work, 'courses'>): string[] {
  const t = translator(locale, 'people.person')
  return KINDS.filter((kind) => work[kind] > 0).map((kind) => t(kind, { count: work[kind] }))
}
