import { translator } from './translate'

/** The most precise step that a person plans with: beyond an hour, five minutes. */
function roundedMinutes(seconds: number): number {
  const minutes = Math.round(seconds / 60)
  return minutes > 60 ? Math.round(minutes / 5) * 5 : minutes
}

/**
 * A length of time that somebody is held to, to the second: `6750` (seconds) → "1 hour 52 minutes 30 seconds". What is
 * below a second counts as nothing.
 */
export function exactDurationInWords(locale: string, seconds: number): string {
  const whole = Math.floor(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const t = translator(locale, 'duration')
  const words = (['hours', 'minutes', 'seconds'] as const).flatMap((unit, place) => {
    const count = parts[place] ?? 0
    return count > 0 ? [t(`exact.${unit}`, { count })] : []
  })
  return words.length === 0 ? t('exact.seconds', { count: 0 }) : words.join(' ')
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
