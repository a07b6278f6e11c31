import { canaryOf } from './canary'
import { after, DAY, HOUR, zoneOffset, type Anchor } from './clock'
import type { BuiltAssignment } from './courses'
import { feedbackFor, workText } from './feedback'
import { handedFile } from './handed-files'
import { seedId } from './ids'
import type { Learning } from './learning'
import { random } from './random'
import { gradedBy } from './rubrics'
import type { Rows } from './rows'
import type { StoredFile } from './storage'
import type { Marks } from '#lib/assignments/contract/rubric'

/** A piece of work, graded or waiting. */
export interface HandedIn {
  id: string
  assignment: BuiltAssignment
  learning: Learning
  content: string
  /** What came with it; null: nothing. */
  file: ReturnType<typeof handedFile>
  submittedAt: Date
  grading: { grade: number; marks: Marks | null; feedback: string; at: Date } | null
}

/** Teachers get to a piece of work within some days; what came in since is waiting. */
function gradingOf(
  anchor: Anchor,
  { learning, assignment }: Pick<HandedIn, 'learning' | 'assignment'>,
  id: string,
  submittedAt: Date,
): HandedIn['grading'] {
  const chance = random('grading', id)
  const day = after(submittedAt, chance.between(1, 5) * DAY)
  const at = new Date(day)
  at.setUTCHours(15, chance.between(0, 59), chance.between(0, 59), 0)
  const wanted = Math.min(100, Math.round((20 + 68 * learning.person.diligence + 22 * chance.next()) * 2) / 2)
  // A few stay behind even after days: a pile to grade is part of the demo.
  if (at >= anchor || chance.chance(0.1)) return null
  const { grade, marks } = gradedBy(assignment.rubric, wanted)
  return { grade, marks, feedback: feedbackFor(chance, grade), at }
}

function handIn(anchor: Anchor, learning: Learning, assignment: BuiltAssignment): HandedIn[] {
  const { course, person, done } = learning
  const chance = random('hands in', assignment.id, person.id)
  const ready = done[Math.floor(course.lessons.length * 0.3)]?.at
  if (ready === undefined || !chance.chance(0.45 + 0.5 * person.diligence)) return []
  // Most come in on the last days, some late.
  const wanted = after(assignment.dueAt, -(chance.next() ** 2 * 6 - 0.25) * DAY)
  const submittedAt = wanted > ready ? wanted : after(ready, (6 + 40 * chance.next()) * HOUR)
  const local = after(submittedAt, zoneOffset(submittedAt, course.school.timeZone))
  // Nobody hands in at four in the morning.
  const awake = local.getUTCHours() < 7 ? after(submittedAt, -(local.getUTCHours() + 3) * HOUR) : submittedAt
  const moment = awake > ready ? awake : submittedAt
  const closed = course.archivedAt
  if (moment >= anchor || (closed !== null && moment >= closed)) return []
  const { daysOpen } = assignment.settings.late
  if (daysOpen !== null && moment > after(assignment.dueAt, daysOpen * DAY)) return []
  const id = seedId('submission', assignment.id, person.id)
  const content = workText(chance, assignment.title)
  return [
    {
      id,
      assignment,
      learning,
      content,
      file: handedFile(assignment, person),
      submittedAt: moment,
      grading: gradingOf(anchor, { learning, assignment }, id, moment),
    },
  ]
}

/** The work that learners handed in until the anchor. */
export function makeSubmissions(anchor: Anchor, all: readonly Learning[]): HandedIn[] {
  return all.flatMap((learning) =>
    learning.course.assignments.flatMap((assignment) => handIn(anchor, learning, assignment)),
  )
}

function filed(file: HandedIn['file']): Pick<Rows['Submission'][number], 'fileUrl' | 'files'> {
  return file === null ? { fileUrl: null, files: [] } : { fileUrl: file.key, files: [file.key] }
}

/** What the store holds of it. */
export function workFiles(handedIn: readonly HandedIn[]): StoredFile[] {
  return handedIn.flatMap(({ file, learning, submittedAt }) =>
    file === null ? [] : [{ ...file, uploadedById: learning.person.id, createdAt: submittedAt }],
  )
}

/** One row a piece of work. The first graded one of each school carries the canary at the end of its feedback. */
export function submissionRows(handedIn: readonly HandedIn[]): Rows['Submission'] {
  const marked = new Set<string>()
  return handedIn.map(({ id, assignment, learning, content, file, submittedAt, grading }) => {
    const { person, course } = learning
    const mark = grading !== null && !marked.has(person.tenantId)
    if (mark) marked.add(person.tenantId)
    const feedback = grading?.feedback ?? null
    return {
      id,
      tenantId: person.tenantId,
      assignmentId: assignment.id,
      userId: person.id,
      content,
      ...filed(file),
      grade: grading?.grade ?? null,
      marks: grading?.marks ?? null,
      feedback: mark ? `${feedback ?? ''} (${canaryOf(course.school.subdomain)})` : feedback,
      submittedAt,
      gradedAt: grading?.at ?? null,
      releasedAt: grading?.at ?? null,
    }
  })
}

/** What each of them handed in, once. */
export function versionRows(handedIn: readonly HandedIn[]): Rows['SubmissionVersion'] {
  return handedIn.map(({ id, learning, content, file, submittedAt }) => ({
    ...{ id: seedId('version', id), tenantId: learning.person.tenantId, submissionId: id, number: 1 },
    ...{ key: 'first', content, ...filed(file), submittedAt },
  }))
}

/** Three more days for one person, with everything that is still due. */
export function extensionRows(anchor: Anchor, all: readonly Learning[]): Rows['AssignmentExtension'] {
  const theirs = all.filter(({ person }) => person.email === 'student2@acme.test')
  return theirs.flatMap(({ person, course, enrolledAt }) =>
    course.assignments
      .filter(({ dueAt }) => dueAt > anchor)
      .map(({ id, dueAt }) => ({
        ...{ id: seedId('extension', id, person.id), tenantId: person.tenantId, assignmentId: id },
        ...{ userId: person.id, dueDate: after(dueAt, 3 * DAY), note: 'Agreed with the learning support.' },
        ...{ createdAt: enrolledAt, updatedAt: enrolledAt },
      })),
  )
}
