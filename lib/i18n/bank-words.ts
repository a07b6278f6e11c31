import { type AppLocale, shippedLocale } from './locales'
import en from './messages/en.bank.json'

/** What the bank's forms say in the browser. `{name}` stands where something is put in. */
export type BankWords = (typeof en)['bank']['words']

const WORDS: Record<AppLocale, BankWords> = { en: en.bank.words }

/** The bank's words, for its pages to hand over: the browser has no catalogue of its own. */
export function bankWords(locale: string): BankWords {
  return WORDS[shippedLocale(locale)]
}
