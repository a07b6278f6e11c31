'use client'

import { createContext, use } from 'react'
import type { EditorWords } from '#lib/i18n/editor-words'

/** Which dialog is open, and for what: a node that is there already, or one to insert. */
export type Asked =
  | Readonly<{ kind: 'link' }>
  | Readonly<{ kind: 'formula'; type: 'mathInline' | 'mathBlock'; edit: boolean }>
  | Readonly<{ kind: 'picture'; edit: boolean; file?: File }>
  | Readonly<{ kind: 'file' }>
  | Readonly<{ kind: 'film'; edit: boolean }>
  | Readonly<{ kind: 'video'; edit: boolean }>

export type EditorTools = Readonly<{
  lessonId: string
  /** BCP 47. */
  locale: string
  words: EditorWords
  /** The address of a stored file; undefined for one that isn't known. */
  urlOf: (key: string) => string | undefined
  /** A file has been uploaded: from now on it can be shown. */
  addUrl: (key: string, url: string) => void
  /** Opens a dialog; null closes it. */
  ask: (asked: Asked | null) => void
}>

const Context = createContext<EditorTools | null>(null)

export const EditorToolsProvider = Context.Provider

/** What every part of the editor needs. */
export function useTools(): EditorTools {
  const tools = use(Context)
  if (tools === null) throw new Error('A part of the editor stands outside of it.')
  return tools
}
