import { digest, seedId } from './ids'
import type { Learning } from './learning'
import type { Rows } from './rows'

/** A certificate for everybody who completed a course. Its code is the same on every machine, as all of the demo is. */
export function certificateRows(all: readonly Learning[]): Rows['Certificate'] {
  return all.flatMap(({ person, course, done }) => {
    const completedAt = done.at(-1)?.at
    if (completedAt === undefined || done.length < course.lessons.length) return []
    return [
      {
        ...{ id: seedId('certificate', course.id, person.id), tenantId: person.tenantId, userId: person.id },
        ...{ courseId: course.id, code: digest('certificate', course.id, person.id).slice(0, 32) },
        ...{ learnerName: person.name, courseTitle: course.title, instructorName: course.instructor.name },
        ...{ completedAt, issuedAt: completedAt },
      },
    ]
  })
}
