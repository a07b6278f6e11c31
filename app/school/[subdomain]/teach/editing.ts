import 'server-only'
import { type Actor, person } from '#lib/auth/actor'
import type { Author } from '#lib/db/queries/teach'
import { AppError } from '#lib/errors'

/** Who builds: the queries decide with it whether a course is theirs. */
export function authorOf(actor: Actor): Author {
  const { userId, permissions } = person(actor)
  return { userId, everyCourse: permissions.has('course:edit-any') }
}

/** Which pages of an exam somebody may open, as those pages ask. */
export function pagesOf(actor: Actor): Readonly<{ edit: boolean; grade: boolean }> {
  const { permissions } = person(actor)
  return { edit: permissions.has('exam:edit'), grade: permissions.has('grade:write') }
}

/** Which pages of an assignment somebody may open, as those pages ask. */
export function assignmentPagesOf(actor: Actor): Readonly<{ edit: boolean; grade: boolean }> {
  const { permissions } = person(actor)
  return { edit: permissions.has('course:edit'), grade: permissions.has('grade:write') }
}

/** Whether somebody may enroll people in every course. */
export function managesPeople(actor: Actor): boolean {
  return person(actor).permissions.has('enrollment:manage')
}

/**
 * Who enrolls others: everywhere with the permission for it, else in the courses they teach.
 * @throws AppError 'forbidden' for somebody who does neither
 */
export function managerOf(actor: Actor): Author {
  const { userId, permissions } = person(actor)
  const everyCourse = managesPeople(actor)
  if (!everyCourse && !permissions.has('course:edit'))
    throw new AppError('forbidden', 'Neither teaches nor manages enrollments.')
  return { userId, everyCourse }
}

/**
 * Who sees numbers: about every course with the permission for it, else about the courses they teach.
 * @throws AppError 'forbidden' for somebody who has neither
 */
export function analystOf(actor: Actor): Author {
  const { userId, permissions } = person(actor)
  const everyCourse = permissions.has('analytics:read-any')
  if (!everyCourse && !permissions.has('analytics:read'))
    throw new AppError('forbidden', 'Sees no numbers about courses.')
  return { userId, everyCourse }
}
