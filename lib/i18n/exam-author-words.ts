import { type AppLocale, shippedLocale } from './locales'
import en from './messages/en.exam-author.json'

/** All that the editor of an exam says in the browser. `{name}` stands where something is put in. */
export type ExamWords = (typeof en)['examAuthor']['words']

/** What the live sentence of the settings is made of. */
export type SentenceWords = (typeof en)['examAuthor']['settings']['live']

/** What is said of questions that only this device has. */
export type KeptWords = (typeof en)['examAuthor']['publish']['kept']

const WORDS: Record<AppLocale, ExamWords> = { en: en.examAuthor.words }
const KEPT: Record<AppLocale, KeptWords> = { en: en.examAuthor.publish.kept }
const SENTENCES: Record<AppLocale, SentenceWords> = { en: en.examAuthor.settings.live }

/** The editor's words, for its page to hand over: the browser has no catalogue of its own. */
export function examWords(locale: string): ExamWords {
  return WORDS[shippedLocale(locale)]
}

export function sentenceWords(locale: string): SentenceWords {
  return SENTENCES[shippedLocale(locale)]
}

export function keptWords(locale: string): KeptWords {
  return KEPT[shippedLocale(locale)]
}
