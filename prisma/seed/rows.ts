import type { Prisma } from '#lib/db/generated/client'

type WithId<T> = T & { id: string }

/** Rows of every table that the demo world fills, in the order in which parents come before children. */
export interface Rows {
  Tenant: WithId<Prisma.TenantCreateManyInput>[]
  User: WithId<Prisma.UserCreateManyInput>[]
  Role: WithId<Prisma.RoleCreateManyInput>[]
  Course: WithId<Prisma.CourseCreateManyInput>[]
  Module: WithId<Prisma.ModuleCreateManyInput>[]
  Lesson: WithId<Prisma.LessonCreateManyInput>[]
  Enrollment: WithId<Prisma.EnrollmentCreateManyInput>[]
  LessonProgress: WithId<Prisma.LessonProgressCreateManyInput>[]
  Exam: WithId<Prisma.ExamCreateManyInput>[]
  ExamVersion: WithId<Prisma.ExamVersionCreateManyInput>[]
  ExamAttempt: WithId<Prisma.ExamAttemptCreateManyInput>[]
  ExamAnswer: WithId<Prisma.ExamAnswerCreateManyInput>[]
  Assignment: WithId<Prisma.AssignmentCreateManyInput>[]
  Submission: WithId<Prisma.SubmissionCreateManyInput>[]
  LiveClass: WithId<Prisma.LiveClassCreateManyInput>[]
  AIChat: WithId<Prisma.AIChatCreateManyInput>[]
  Notification: WithId<Prisma.NotificationCreateManyInput>[]
  Badge: WithId<Prisma.BadgeCreateManyInput>[]
  Streak: WithId<Prisma.StreakCreateManyInput>[]
  AuditLog: WithId<Prisma.AuditLogCreateManyInput>[]
}

export type Table = keyof Rows

/** No rows yet, in the order of insertion. */
export function noRows(): Rows {
  return {
    Tenant: [],
    User: [],
    Role: [],
    Course: [],
    Module: [],
    Lesson: [],
    Enrollment: [],
    LessonProgress: [],
    Exam: [],
    ExamVersion: [],
    ExamAttempt: [],
    ExamAnswer: [],
    Assignment: [],
    Submission: [],
    LiveClass: [],
    AIChat: [],
    Notification: [],
    Badge: [],
    Streak: [],
    AuditLog: [],
  }
}
