import { translator } from './translate'

/** The most precise step that a person plans with: beyond an hour, five minutes. */
function roundedMinutes(seconds: number): number {
  const minutes = Math.round(seconds / 60)
  return minutes > 60 ? Math.round(minutes / 5) * 5 : minutes
}

/** Lists repeat the same few lengths. */
const known = new Map<string, string>()

/** A length of time in words: `5400` (seconds) → "1 hour 30 minutes". Half a minute or less is "under a minute". */
export function durationInWords(locale: string, seconds: number): string {
  const total = roundedMinutes(seconds)
  const key = `${locale} ${String(total)}`
  const words = known.get(key) ?? wordsFor(locale, total)
  if (known.size < 1_000) known.set(key, words)
  return words
}

function wordsFor(locale: string, total: number): string {
  const t = translator(locale, 'duration')
  if (total < 1) return t('underMinute')
  const hours = Math.floor(total / 60)
  const minutes = total % 60
  return t('words', { hours, minutes, both: hours > 0 && minutes > 0 ? 'yes' : 'no' })
}
