import type { AttemptAnswers } from '#lib/exams/contract'
import { seedId } from './ids'
import type { Rows } from './rows'
import type { Sitting } from './sittings'

/** What `ExamAttempt.answers` holds: the answer rows as they stood at submission, nothing before. */
function snapshot({ submittedAt, answers }: Sitting): AttemptAnswers {
  if (submittedAt === null) return {}
  const saved: Extract<AttemptAnswers, { version: 1 }>['answers'] = {}
  for (const { question, value, sequence, savedAt } of answers) {
    saved[question.id] = { value, sequence, savedAt: savedAt.toISOString() }
  }
  return { version: 1, answers: saved }
}

/** Attempts, one row for each answer that was saved in them, and one for each question once they are in. */
export function sittingRows(
  sittings: readonly Sitting[],
): Pick<Rows, 'ExamAttempt' | 'ExamAnswer' | 'ExamMark'> {
  return {
    ExamAttempt: sittings.map((sitting) => ({
      id: sitting.id,
      tenantId: sitting.learning.person.tenantId,
      examId: sitting.exam.id,
      versionId: sitting.exam.versionId,
      userId: sitting.learning.person.id,
      number: sitting.number,
      counts: sitting.counts,
      answers: snapshot(sitting),
      layout: sitting.layout,
      score: sitting.score,
      maxScore: sitting.submittedAt === null ? null : sitting.maxScore,
      gradedVersionId: sitting.submittedAt === null ? null : sitting.exam.versionId,
      gradedAt: sitting.gradedAt,
      endedBy: sitting.endedBy,
      startedAt: sitting.startedAt,
      deadlineAt: sitting.deadlineAt,
      submittedAt: sitting.submittedAt,
      createdAt: sitting.startedAt,
    })),
    ExamAnswer: sittings.flatMap(({ id, learning, answers }) =>
      answers.map(({ question, value, sequence, savedAt }) => ({
        id: seedId('answer', id, question.id),
        tenantId: learning.person.tenantId,
        attemptId: id,
        questionId: question.id,
        sequence,
        value,
        savedAt,
      })),
    ),
    ExamMark: sittings.flatMap(({ id, learning, marks, submittedAt }) =>
      marks.map((mark) => ({
        id: seedId('mark', id, mark.questionId),
        tenantId: learning.person.tenantId,
        attemptId: id,
        graderId: mark.byHand ? learning.course.instructor.id : null,
        ...mark,
        createdAt: submittedAt ?? learning.enrolledAt,
        updatedAt: mark.gradedAt ?? submittedAt ?? learning.enrolledAt,
      })),
    ),
  }
}
