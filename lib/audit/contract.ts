import { z } from 'zod'

/** What may be asked of the audit log, all of it by address. */

const day = z.union([
  z.literal(''),
  z.iso.date().refine((text) => text >= '0001-01-01', 'There was no year 0.'),
])

const filters = {
  person: z.string().trim().max(100).default(''),
  /** How the action's id begins. */
  action: z
    .string()
    .regex(/^(?:[a-z][a-z0-9.-]{0,79})?$/)
    .default(''),
  target: z.string().trim().max(100).default(''),
  from: day.default(''),
  to: day.default(''),
}

export const auditQuery = z.strictObject(filters)
export const auditSearch = z.strictObject({ ...filters, cursor: z.string().min(1).max(400).optional() })

export type AuditQuery = z.infer<typeof auditQuery>

/** Entries that one export holds at most. */
export const EXPORT_MOST = 10_000

/** Entries on one page. */
export const AUDIT_PAGE = 50

/** Actions that the catalogue has words for. Any other is shown by its id. */
export const KNOWN_ACTIONS = [
  'account.avatar',
  'account.avatar-remove',
  'account.change-email',
  'account.end-other-sessions',
  'account.end-session',
  'account.identity-linked',
  'account.link-identity',
  'account.password',
  'account.profile',
  'account.recovery-codes',
  'account.second-factor-confirm',
  'account.second-factor-remove',
  'account.second-factor-start',
  'account.unlink-identity',
  'assignment.change',
  'assignment.create',
  'assignment.delete',
  'assignment.draft',
  'assignment.extend',
  'assignment.grade',
  'assignment.publish',
  'assignment.release',
  'assignment.restore',
  'assignment.unextend',
  'assignment.work',
  'audit.export',
  'auth.accept-invitation',
  'auth.change-email',
  'auth.joined',
  'auth.password-reset',
  'auth.reset-password',
  'auth.sign-in',
  'auth.sign-out',
  'auth.signed-in',
  'auth.signed-out',
  'bank.archive',
  'bank.copy',
  'bank.create',
  'bank.import',
  'bank.keep',
  'bank.restore',
  'bank.write',
  'course.add-lesson',
  'course.add-module',
  'course.archive',
  'course.arrange',
  'course.cover',
  'course.cover-remove',
  'course.create',
  'course.delete',
  'course.delete-lesson',
  'course.delete-module',
  'course.details',
  'course.draft',
  'course.duplicate',
  'course.enroll',
  'course.publish',
  'course.purge',
  'course.rename-lesson',
  'course.rename-module',
  'course.restore',
  'course.restore-certificate',
  'course.restore-lesson',
  'course.restore-module',
  'course.revoke-certificate',
  'course.unenroll',
  'enrollment.enter',
  'enrollment.leave',
  'exam.accommodate',
  'exam.accommodation-remove',
  'exam.create',
  'exam.delete',
  'exam.draft',
  'exam.duplicate',
  'exam.end-attempt',
  'exam.file',
  'exam.mark',
  'exam.publish',
  'exam.regrade',
  'exam.release',
  'exam.restore',
  'exam.results',
  'exam.settings',
  'exam.start',
  'exam.submit',
  'exam.time-up',
  'exam.write',
  'lesson.picture',
  'lesson.settings',
  'lesson.upload',
  'lesson.write',
  'note.change',
  'note.create',
  'note.delete',
  'people.change-custom-roles',
  'people.change-role',
  'people.delete',
  'people.disable',
  'people.enable',
  'people.end-sessions',
  'people.import',
  'people.invite',
  'people.purge',
  'people.resend-invitation',
  'people.reset-second-factor',
  'people.revoke-invitation',
  'people.view',
  'role.create',
  'roles.create',
  'roles.delete',
  'roles.update',
  'school.brand',
  'school.export',
  'school.logo',
  'school.logo-remove',
  'school.open',
  'school.settings',
] as const

/** Areas that the log can be narrowed to: the part of an action before its dot. */
export const AUDIT_AREAS = [
  'account',
  'assignment',
  'audit',
  'auth',
  'bank',
  'course',
  'enrollment',
  'exam',
  'lesson',
  'note',
  'people',
  'roles',
  'school',
] as const

/** Kinds of things that the catalogue has words for. */
export const KNOWN_TARGETS = [
  'Assignment',
  'AuditLog',
  'BankQuestion',
  'Course',
  'Exam',
  'ExamAttempt',
  'Invitation',
  'Lesson',
  'LessonNote',
  'Module',
  'Role',
  'Session',
  'StoredFile',
  'Submission',
  'Tenant',
  'User',
] as const

/** Names inside `before` and `after` that the catalogue has words for. */
export const KNOWN_FIELDS = [
  'accentColor',
  'accessCode',
  'action',
  'archived',
  'assignmentId',
  'attempts',
  'answers',
  'capacity',
  'captions',
  'categories',
  'changed',
  'comment',
  'complete',
  'completion',
  'completionPercent',
  'copyOf',
  'courseId',
  'cover',
  'created',
  'customRoles',
  'deadlines',
  'deadlineAt',
  'deleted',
  'description',
  'disabled',
  'dueDate',
  'duration',
  'email',
  'endDate',
  'endedBy',
  'enrollment',
  'enrollmentKey',
  'examId',
  'extraAttempts',
  'extraTimePercent',
  'feedback',
  'file',
  'first',
  'from',
  'instructions',
  'invitedById',
  'late',
  'locale',
  'logo',
  'mailDomains',
  'method',
  'minutes',
  'name',
  'note',
  'number',
  'outcomes',
  'people',
  'permissions',
  'person',
  'points',
  'preview',
  'provider',
  'published',
  'question',
  'questions',
  'reason',
  'reference',
  'releaseAfterId',
  'releaseAt',
  'released',
  'revoked',
  'role',
  'roleIds',
  'roles',
  'rows',
  'secondFactor',
  'sessions',
  'sessionsEnded',
  'signUp',
  'staffSecondFactor',
  'startDate',
  'status',
  'successorId',
  'tags',
  'target',
  'timeZone',
  'title',
  'to',
  'version',
  'videoUrl',
] as const

/** One side of a change: a text, a yes or no, or nothing. */
export type AuditValue = string | boolean | null

export type AuditChange =
  | { kind: 'value'; field: string; before: AuditValue; after: AuditValue }
  | { kind: 'list'; field: string; added: string[]; removed: string[] }

export type AuditEntryView = {
  id: string
  action: string
  at: Date
  actorId: string | null
  actorName: string | null
  targetType: string | null
  targetId: string | null
  targetName: string | null
  ip: string | null
  requestId: string | null
  changes: AuditChange[]
}
