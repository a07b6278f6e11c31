import type { Marks } from '#lib/assignments/contract/rubric'
import type { Prisma } from '#lib/db/generated/client'

type WithId<T> = T & { id: string }

/** What an audit entry tells of the thing before and after; nothing for what was made or merely read. */
type Told = Readonly<Record<string, string>> | null
type AuditEntry = Omit<WithId<Prisma.AuditLogCreateManyInput>, 'before' | 'after'> & {
  before: Told
  after: Told
}

/** With what was given by a rubric, or null where nothing was. */
type SubmissionRow = Omit<WithId<Prisma.SubmissionCreateManyInput>, 'marks'> & { marks: Marks | null }

/** Rows of every table that the demo world fills, as the database takes them: instants as Date or ISO text. */
export interface Rows {
  Tenant: WithId<Prisma.TenantCreateManyInput>[]
  User: WithId<Prisma.UserCreateManyInput>[]
  Role: WithId<Prisma.RoleCreateManyInput>[]
  RoleAssignment: WithId<Prisma.RoleAssignmentCreateManyInput>[]
  Invitation: WithId<Prisma.InvitationCreateManyInput>[]
  Course: WithId<Prisma.CourseCreateManyInput>[]
  Category: WithId<Prisma.CategoryCreateManyInput>[]
  CourseCategory: WithId<Prisma.CourseCategoryCreateManyInput>[]
  Module: WithId<Prisma.ModuleCreateManyInput>[]
  Lesson: WithId<Prisma.LessonCreateManyInput>[]
  Enrollment: WithId<Prisma.EnrollmentCreateManyInput>[]
  /** `watched` as PostgreSQL reads it: seconds of the film. */
  LessonProgress: (WithId<Prisma.LessonProgressCreateManyInput> & { watched: string })[]
  Exam: WithId<Prisma.ExamCreateManyInput>[]
  ExamVersion: WithId<Prisma.ExamVersionCreateManyInput>[]
  ExamAttempt: WithId<Prisma.ExamAttemptCreateManyInput>[]
  ExamAnswer: WithId<Prisma.ExamAnswerCreateManyInput>[]
  ExamMark: WithId<Prisma.ExamMarkCreateManyInput>[]
  ExamEvent: WithId<Prisma.ExamEventCreateManyInput>[]
  ExamAccommodation: WithId<Prisma.ExamAccommodationCreateManyInput>[]
  BankQuestion: WithId<Prisma.BankQuestionCreateManyInput>[]
  Assignment: WithId<Prisma.AssignmentCreateManyInput>[]
  Submission: SubmissionRow[]
  SubmissionVersion: WithId<Prisma.SubmissionVersionCreateManyInput>[]
  AssignmentExtension: WithId<Prisma.AssignmentExtensionCreateManyInput>[]
  GradeChange: WithId<Prisma.GradeChangeCreateManyInput>[]
  GradeQuestion: WithId<Prisma.GradeQuestionCreateManyInput>[]
  LiveClass: WithId<Prisma.LiveClassCreateManyInput>[]
  ClassAttendance: WithId<Prisma.ClassAttendanceCreateManyInput>[]
  AIChat: WithId<Prisma.AIChatCreateManyInput>[]
  TutorQuestion: WithId<Prisma.TutorQuestionCreateManyInput>[]
  Notification: WithId<Prisma.NotificationCreateManyInput>[]
  NotificationSettings: WithId<Prisma.NotificationSettingsCreateManyInput>[]
  Announcement: WithId<Prisma.AnnouncementCreateManyInput>[]
  Certificate: WithId<Prisma.CertificateCreateManyInput>[]
  Badge: WithId<Prisma.BadgeCreateManyInput>[]
  Streak: WithId<Prisma.StreakCreateManyInput>[]
  LearningDay: WithId<Prisma.LearningDayCreateManyInput>[]
  ProfileChoice: WithId<Prisma.ProfileChoiceCreateManyInput>[]
  SchoolBreak: WithId<Prisma.SchoolBreakCreateManyInput>[]
  LeaderboardEntry: WithId<Prisma.LeaderboardEntryCreateManyInput>[]
  AuditLog: AuditEntry[]
  StoredFile: WithId<Prisma.StoredFileCreateManyInput>[]
  UsageCounter: WithId<Prisma.UsageCounterCreateManyInput>[]
}

export type Table = keyof Rows

/** Parents first: the order in which the tables are filled. */
export const TABLES: readonly Table[] = [
  'Tenant',
  'User',
  'Role',
  'RoleAssignment',
  'Invitation',
  'Category',
  'Course',
  'CourseCategory',
  'Module',
  'Lesson',
  'Enrollment',
  'LessonProgress',
  'BankQuestion',
  'Exam',
  'ExamVersion',
  'ExamAccommodation',
  'ExamAttempt',
  'ExamAnswer',
  'ExamMark',
  'ExamEvent',
  'Assignment',
  'Submission',
  'SubmissionVersion',
  'AssignmentExtension',
  'GradeChange',
  'GradeQuestion',
  'LiveClass',
  'ClassAttendance',
  'AIChat',
  'TutorQuestion',
  'Notification',
  'NotificationSettings',
  'Announcement',
  'Certificate',
  'Badge',
  'Streak',
  'LearningDay',
  'ProfileChoice',
  'SchoolBreak',
  'LeaderboardEntry',
  'AuditLog',
  'StoredFile',
  'UsageCounter',
]
