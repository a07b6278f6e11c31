import { owner } from '#tests/support/served'

/** Takes away the exams that other files left in a course of the demo world: one that is being written closes the tutor. */
export async function withoutExams(courseId: string): Promise<void> {
  await owner().query(`delete from "Exam" where "courseId" = $1 and "createdAt" > now() - interval '1 day'`, [
    courseId,
  ])
}
