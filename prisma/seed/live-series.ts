import { meetingAt, plusDays, weekStart } from '#lib/classes/rules/wall'
import { after, type Anchor, MINUTE } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import { random } from './random'
import type { Rows } from './rows'

/** Weeks before and after the present one in which a taught course meets. */
const WEEKS = { first: -6, last: 8 } as const
/** Weeks from now whose class doesn't take place. */
const CANCELLED = 2
/** By the clock of the school. */
const HOURS = ['17:00', '18:30', '12:15', '19:00'] as const
const DURATION = 60

type LiveRow = Rows['LiveClass'][number]

/** The weekly hour of a course: the past ones with a recording, but the last, which nobody has cut yet. */
function seriesOf(anchor: Anchor, course: BuiltCourse, place: number): LiveRow[] {
  const { id: courseId, school, createdAt, title, slug } = course
  const monday = weekStart(anchor.toISOString().slice(0, 10))
  const series = seedId('live series', courseId)
  const hour = HOURS[place % HOURS.length] ?? '17:00'
  const weeks = Array.from({ length: WEEKS.last - WEEKS.first + 1 }, (_, index) => WEEKS.first + index)
  return weeks.flatMap((week): LiveRow[] => {
    const day = plusDays(monday, 7 * week + (place % 5))
    const found = meetingAt(`${day}T${hour}`, school.timeZone)
    if (found === null || found.at < createdAt) return []
    const over = after(found.at, DURATION * MINUTE) < anchor
    const cancelled = week === CANCELLED
    return [
      {
        ...{ id: seedId('live class', courseId, 'weekly', week), tenantId: school.id, courseId, series },
        title: `Open hour: ${title}`.slice(0, 200),
        platform: 'OTHER',
        meetingUrl: `https://meet.example/${school.subdomain}/${slug}`,
        scheduledAt: found.at,
        duration: DURATION,
        recordingUrl:
          over && week < -1
            ? `https://recordings.example/${school.subdomain}/${slug}/${String(-week)}`
            : null,
        notes: 'Bring the question that kept you longest this week. We begin with the newest lesson.',
        cancelledAt: cancelled ? anchor : null,
        sequence: cancelled ? 1 : 0,
        ...{ createdAt, updatedAt: cancelled ? anchor : createdAt },
      },
    ]
  })
}

type AttendanceRow = Rows['ClassAttendance'][number]

/** Somebody's evening: there for most of it, late, away, or excused. */
function attendanceOf(row: LiveRow, { person, course }: Learning): AttendanceRow {
  const chance = random('attendance', row.id, person.id)
  const kind = chance.next()
  const status = kind < 0.68 ? 'PRESENT' : kind < 0.8 ? 'LATE' : kind < 0.95 ? 'ABSENT' : 'EXCUSED'
  const there = status === 'PRESENT' || status === 'LATE'
  const wait = status === 'LATE' ? chance.between(8, 20) : chance.between(-9, 2)
  const began = new Date(row.scheduledAt)
  return {
    ...{ id: seedId('attendance', row.id, person.id), tenantId: row.tenantId, classId: row.id },
    ...{ userId: person.id, status, markedById: course.instructor.id },
    minutes: there ? DURATION - Math.max(0, wait) - chance.between(0, 6) : null,
    joinedAt: there ? after(began, wait * MINUTE) : null,
    ...{ createdAt: began, updatedAt: after(began, (DURATION + 20) * MINUTE) },
  }
}

/** The weekly hour of each course that is taught, and who was in those that are over. */
export function liveSeriesRows(
  anchor: Anchor,
  courses: readonly BuiltCourse[],
  learnings: readonly Learning[],
): Pick<Rows, 'LiveClass' | 'ClassAttendance'> {
  const taught = courses.filter(({ status }) => status === 'PUBLISHED')
  const classes = taught.flatMap((course, place) => seriesOf(anchor, course, place))
  const over = classes.filter((row) => after(new Date(row.scheduledAt), DURATION * MINUTE) < anchor)
  return {
    LiveClass: classes,
    ClassAttendance: over.flatMap((row) =>
      learnings
        .filter(
          ({ course, enrolledAt }) => course.id === row.courseId && enrolledAt < new Date(row.scheduledAt),
        )
        .map((learning) => attendanceOf(row, learning)),
    ),
  }
}
