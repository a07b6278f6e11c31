import { translator } from './translate'

/** The most precise step that a person plans with: beyond an hour, five minutes. */
function roundedMinutes(seconds: number): number {
  const minutes = Math.round(seconds / 60)
  return minutes > 60 ? Math.round(minutes / 5) * 5 : minutes
}

/** A length of time in words: `5400` (seconds) → "1 hour 30 minutes". Half a minute or less is "under a minute". */
export function durationInWords(locale: string, seconds: number): string {
  const t = translator(locale, 'duration')
  const total = roundedMinutes(seconds)
  if (total < 1) return t('underMinute')
  const hours = Math.floor(total / 60)
  const minutes = total % 60
  return t('words', { hours, minutes, both: hours > 0 && minutes > 0 ? 'yes' : 'no' })
}
