import 'server-only'
/**
 * The addresses that have a page. proxy.ts has to know them, because a 404 with its view in the HTML (for people
 * without JavaScript) takes a rewrite that carries the status. An architecture test compares this list with app/.
 */
export const SCHOOL_PAGES = [
  '/',
  '/courses',
  '/courses/[courseId]',
  '/courses/[courseId]/grades',
  '/search',
  '/learn/[courseId]/[lessonId]',
  '/assignments/[assignmentId]',
  '/exams/[examId]',
  '/exams/[examId]/attempts/[attemptId]',
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/magic-link',
  '/verify',
  '/invitation',
  '/change-email',
  '/dashboard',
  '/certificates',
  '/certificates/[code]',
  '/account',
  '/account/security',
  '/account/notifications',
  '/notifications',
  '/unsubscribe',
  '/outbox',
  '/teach',
  '/teach/bank',
  '/teach/bank/import',
  '/teach/bank/new',
  '/teach/bank/[questionId]',
  '/teach/courses/[courseId]',
  '/teach/courses/[courseId]/details',
  '/teach/courses/[courseId]/publish',
  '/teach/courses/[courseId]/people',
  '/teach/courses/[courseId]/grades',
  '/teach/courses/[courseId]/grades/scheme',
  '/teach/courses/[courseId]/grades/import',
  '/teach/courses/[courseId]/grades/[userId]',
  '/teach/courses/[courseId]/grades/[userId]/[item]',
  '/teach/courses/[courseId]/assignments',
  '/teach/courses/[courseId]/assignments/[assignmentId]',
  '/teach/courses/[courseId]/assignments/[assignmentId]/extensions',
  '/teach/courses/[courseId]/assignments/[assignmentId]/submissions',
  '/teach/courses/[courseId]/assignments/[assignmentId]/submissions/[submissionId]',
  '/teach/courses/[courseId]/exams',
  '/teach/courses/[courseId]/exams/[examId]',
  '/teach/courses/[courseId]/exams/[examId]/settings',
  '/teach/courses/[courseId]/exams/[examId]/accommodations',
  '/teach/courses/[courseId]/exams/[examId]/publish',
  '/teach/courses/[courseId]/exams/[examId]/preview',
  '/teach/courses/[courseId]/exams/[examId]/attempts',
  '/teach/courses/[courseId]/exams/[examId]/attempts/[attemptId]',
  '/teach/courses/[courseId]/exams/[examId]/grade/[questionId]',
  '/teach/courses/[courseId]/exams/[examId]/regrade',
  '/teach/courses/[courseId]/exams/[examId]/analysis',
  '/teach/courses/[courseId]/lessons/[lessonId]',
  '/teach/courses/[courseId]/preview/[lessonId]',
  '/admin',
  '/admin/people',
  '/admin/people/invite',
  '/admin/people/import',
  '/admin/people/invitations',
  '/admin/people/[userId]',
  '/admin/roles',
  '/admin/roles/new',
  '/admin/roles/[roleId]',
  '/admin/brand',
  '/admin/settings',
  '/admin/audit',
] as const

export const SITE_PAGES = [
  '/',
  '/sign-in',
  '/sign-in/second-factor',
  '/forgot-password',
  '/reset-password',
  '/magic-link',
  '/verify',
  '/change-email',
  '/sign-up',
  '/sign-up/confirm',
  '/account',
  '/account/security',
  '/outbox',
  '/platform',
  '/platform/schools/[schoolId]',
  '/platform/audit',
] as const

function matcher(pages: readonly string[]): RegExp {
  return new RegExp(`^(?:${pages.map((page) => page.replace(/\[[^\]]+\]/g, '[^/]+')).join('|')})$`)
}

const PAGES = { school: matcher(SCHOOL_PAGES), root: matcher(SITE_PAGES) }

/** Whether a path of a school's or the root host leads to a page. */
export function hasPage(kind: keyof typeof PAGES, path: string): boolean {
  return PAGES[kind].test(path)
}
