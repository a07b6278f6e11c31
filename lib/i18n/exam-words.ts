import { type AppLocale, shippedLocale } from './locales'
import en from './messages/en.exam-room.json'

/** All that the exam room says in the browser. `{name}` stands where something is put in. */
export type ExamWords = (typeof en)['examRoom']

const WORDS: Record<AppLocale, ExamWords> = { en: en.examRoom }

/** The room's words, for its page to hand over: the browser has no catalogue of its own. */
export function examWords(locale: string): ExamWords {
  return WORDS[shippedLocale(locale)]
}
