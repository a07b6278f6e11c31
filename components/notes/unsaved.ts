/**
 * A note that was begun and not saved, kept in its tab: a reload or the next lesson must not take it. Another person on
 * the same computer never sees it.
 */

type Whose = Readonly<{ readerId: string; lessonId: string }>

const keyOf = ({ readerId, lessonId }: Whose): string => `smartlms-note:${readerId}:${lessonId}`

export function unsavedNote(whose: Whose): string {
  try {
    return sessionStorage.getItem(keyOf(whose)) ?? ''
  } catch {
    return ''
  }
}

export function keepUnsaved(whose: Whose, body: string): void {
  try {
    if (body === '') sessionStorage.removeItem(keyOf(whose))
    else sessionStorage.setItem(keyOf(whose), body)
  } catch {
    // Nowhere to keep it: it stays on the page, as before.
  }
}
