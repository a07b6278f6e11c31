import type { Client } from 'pg'
import { TABLES, type Rows, type Table } from './rows'

/** What a row stands below. A row whose parent somebody has removed stays away, instead of stopping the run. */
const PARENTS: Partial<Record<Table, Readonly<Record<string, Table>>>> = {
  RoleAssignment: { userId: 'User', roleId: 'Role' },
  Invitation: { invitedById: 'User' },
  Course: { instructorId: 'User' },
  CourseCategory: { courseId: 'Course', categoryId: 'Category' },
  Module: { courseId: 'Course' },
  Lesson: { moduleId: 'Module' },
  Enrollment: { userId: 'User', courseId: 'Course' },
  LessonProgress: { enrollmentId: 'Enrollment', lessonId: 'Lesson' },
  Exam: { courseId: 'Course' },
  ExamVersion: { examId: 'Exam' },
  ExamAttempt: { versionId: 'ExamVersion', userId: 'User' },
  ExamAccommodation: { courseId: 'Course', examId: 'Exam', userId: 'User' },
  ExamAnswer: { attemptId: 'ExamAttempt' },
  ExamMark: { attemptId: 'ExamAttempt', graderId: 'User' },
  ExamEvent: { attemptId: 'ExamAttempt' },
  BankQuestion: { authorId: 'User' },
  Assignment: { courseId: 'Course' },
  Submission: { assignmentId: 'Assignment', userId: 'User' },
  SubmissionVersion: { submissionId: 'Submission' },
  AssignmentExtension: { assignmentId: 'Assignment', userId: 'User' },
  GradeChange: { courseId: 'Course', assignmentId: 'Assignment', userId: 'User', changedById: 'User' },
  GradeQuestion: { courseId: 'Course', assignmentId: 'Assignment', userId: 'User', answeredById: 'User' },
  LiveClass: { courseId: 'Course' },
  ClassAttendance: { classId: 'LiveClass', userId: 'User', markedById: 'User' },
  AIChat: { userId: 'User', courseId: 'Course', lessonId: 'Lesson' },
  TutorQuestion: {
    userId: 'User',
    chatId: 'AIChat',
    courseId: 'Course',
    lessonId: 'Lesson',
    aboutLessonId: 'Lesson',
  },
  Notification: { userId: 'User' },
  NotificationSettings: { userId: 'User' },
  Announcement: { courseId: 'Course', authorId: 'User' },
  Certificate: { userId: 'User', courseId: 'Course' },
  Badge: { userId: 'User' },
  Streak: { userId: 'User' },
  LearningDay: { userId: 'User' },
  ProfileChoice: { userId: 'User' },
}

/**
 * Modules and lessons have a deferrable constraint on their position, which ON CONFLICT can't take for its key:
 * there a missing row whose place was given to another stays away.
 */
const PLACED: Partial<Record<Table, string>> = { Module: 'courseId', Lesson: 'moduleId' }

function guards(table: Table): string[] {
  const parents = Object.entries(PARENTS[table] ?? {}).map(
    ([column, parent]) =>
      `(r."${column}" is null or exists (select from "${parent}" p
        where p."tenantId" = r."tenantId" and p.id = r."${column}"))`,
  )
  const place = PLACED[table]
  if (place === undefined) return parents
  const taken = `not exists (select from "${table}" o where o."tenantId" = r."tenantId"
    and o."${place}" = r."${place}" and o."order" = r."order" and o."deletedAt" is null and o.id <> r.id)`
  return [...parents, taken]
}

/** The columns of a list of rows. Throws when two rows differ in them: a missing one would silently become null. */
function columnsOf(table: Table, rows: readonly object[]): string[] {
  const columns = Object.keys(rows[0] ?? {})
  const named = columns.toSorted().join()
  const odd = rows.find((row) => Object.keys(row).sort().join() !== named)
  if (odd !== undefined) throw new Error(`${table}: ${JSON.stringify(odd).slice(0, 200)} has other columns.`)
  return columns
}

async function insertTable(client: Client, table: Table, rows: readonly object[]): Promise<number> {
  if (rows.length === 0) return 0
  const columns = columnsOf(table, rows)
    .map((column) => `"${column}"`)
    .join(', ')
  const where = guards(table).join(' and ') || 'true'
  const key = PLACED[table] === undefined ? '' : '(id)'
  const result = await client.query(
    `insert into "${table}" (${columns})
      select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb) r
      where ${where} on conflict ${key} do nothing`,
    [JSON.stringify(rows)],
  )
  return result.rowCount ?? 0
}

/**
 * Adds the rows that are missing, one statement a table; rows that are there stay as they are.
 * Gives the number of rows added to each table.
 */
export async function insertRows(client: Client, rows: Rows): Promise<Map<Table, number>> {
  const added = new Map<Table, number>()
  // One after another: each table's parents have to be there.
  for (const table of TABLES) added.set(table, await insertTable(client, table, rows[table]))
  return added
}
