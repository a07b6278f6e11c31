import { COUNT_MOST } from '../contract/settings'

/** A number on the bell: nothing when there is nothing, and no more than can be taken in. */
export function badgeOf(unread: number): string {
  if (unread === 0) return ''
  return unread > COUNT_MOST ? `${COUNT_MOST}+` : String(unread)
}

type Say = (key: 'label' | 'many', values: Readonly<{ count: number }>) => string

/** The bell in words. */
export function bellLabel(say: Say, unread: number): string {
  return unread > COUNT_MOST ? say('many', { count: COUNT_MOST }) : say('label', { count: unread })
}
