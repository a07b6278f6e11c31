import 'server-only'
/**
 * The addresses that have a page. proxy.ts has to know them, because a 404 with its view in the HTML (for people
 * without JavaScript) takes a rewrite that carries the status. An architecture test compares this list with app/.
 */
export const SCHOOL_PAGES = ['/', '/courses', '/courses/[courseId]', '/learn/[courseId]/[lessonId]'] as const

export const SITE_PAGES = ['/'] as const

function matcher(pages: readonly string[]): RegExp {
  return new RegExp(`^(?:${pages.map((page) => page.replace(/\[[^\]]+\]/g, '[^/]+')).join('|')})$`)
}

const PAGES = { school: matcher(SCHOOL_PAGES), root: matcher(SITE_PAGES) }

/** Whether a path of a school's or the root host leads to a page. */
export function hasPage(kind: keyof typeof PAGES, path: string): boolean {
  return PAGES[kind].test(path)
}
