import { type AppLocale, shippedLocale } from './locales'
import en from './messages/en.editor.json'

/** All that the lesson editor says in the browser. `{name}` stands where something is put in. */
export type EditorWords = (typeof en)['editor']['words']

const WORDS: Record<AppLocale, EditorWords> = { en: en.editor.words }

/** The editor's words, for its page to hand over: the browser has no catalogue of its own. */
export function editorWords(locale: string): EditorWords {
  return WORDS[shippedLocale(locale)]
}
