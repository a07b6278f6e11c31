import { type AppLocale, shippedLocale } from './locales'
import en from './messages/en.assignment.json'

/** All that handing in files says in the browser. `{name}` stands where something is put in. */
export type WorkFileWords = (typeof en)['assignment']['files']

const WORDS: Record<AppLocale, WorkFileWords> = { en: en.assignment.files }

/** These words, for the page to hand over: the browser has no catalogue of its own. */
export function workFileWords(locale: string): WorkFileWords {
  return WORDS[shippedLocale(locale)]
}
