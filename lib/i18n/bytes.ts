import { formattingLocale } from './locales'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes as people say it: `480 kB`, `1.2 GB`. `locale` is the school's. */
export function bytesInWords(locale: string, bytes: number): string {
  let value = bytes
  let step = 0
  while (value >= 1000 && step < UNITS.length - 1) {
    value /= 1000
    step += 1
  }
  return new Intl.NumberFormat(formattingLocale(locale), {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value)
}
