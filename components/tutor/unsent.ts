/** A question that was begun and not asked, kept in its tab; another person on the same computer never sees it. */

type Whose = Readonly<{ readerId: string; lessonId: string }>

const nameOf = ({ readerId, lessonId }: Whose): string => `smartlms-question:${readerId}:${lessonId}`

export function unsentQuestion(whose: Whose): string {
  try {
    return sessionStorage.getItem(nameOf(whose)) ?? ''
  } catch {
    return ''
  }
}

export function keepUnsent(whose: Whose, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(nameOf(whose))
    else sessionStorage.setItem(nameOf(whose), text)
  } catch {
    // Nowhere to keep it: it stays on the page, as before.
  }
}
