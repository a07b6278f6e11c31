import { CONTENT_VERSION, parseDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { canaryOf } from './canary'
import { after, daysFrom, HOUR, type Anchor } from './clock'
import { seedId } from './ids'
import type { Person } from './people'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'

const PARAGRAPHS = [
  'This page is for the people who teach here. It becomes a course when the open questions below have answers.',
  'Which of the present courses do we repeat, and which one needs another start time so that people with children can come?',
  'Two learners asked for transcripts of the live classes. Who writes them, and until when?',
]

function notes(canary: string): string {
  const paragraphs = [...PARAGRAPHS, `File reference of these notes: ${canary}`]
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  return JSON.stringify({ type: 'doc', content })
}

/**
 * One draft a school, which nobody but its teachers may ever see. Its description and its lesson carry the school's
 * canary: found anywhere else, they prove a leak.
 */
export function privateDraftRows(
  anchor: Anchor,
  people: readonly Person[],
): Pick<Rows, 'Course' | 'Module' | 'Lesson'> {
  const rows: Pick<Rows, 'Course' | 'Module' | 'Lesson'> = { Course: [], Module: [], Lesson: [] }
  for (const { id: tenantId, subdomain } of SCHOOLS) {
    const staff = people.filter((person) => person.tenantId === tenantId && person.role !== 'STUDENT')
    const author = staff.find(({ role }) => role === 'INSTRUCTOR') ?? staff[0]
    if (author === undefined) continue
    const courseId = seedId('course', tenantId, 'plans-for-the-next-term')
    const moduleId = seedId('module', courseId, 'open-questions')
    const createdAt = after(daysFrom(anchor, -30), 13 * HOUR)
    const content = notes(canaryOf(subdomain))
    rows.Course.push({
      ...{ id: courseId, tenantId, instructorId: author.id, title: 'Plans for the next term' },
      description: `What we want to teach next, and what has to be settled first. (${canaryOf(subdomain)})`,
      ...{ outcomes: [], enrollment: 'OPEN', enrollmentKey: null, capacity: null },
      ...{ grading: {}, tutor: {}, leaderboard: false },
      ...{ status: 'DRAFT', publishedAt: null, createdAt, updatedAt: createdAt },
    })
    rows.Module.push({ id: moduleId, tenantId, courseId, title: 'Open questions', order: 0, createdAt })
    rows.Lesson.push({
      ...{
        id: seedId('lesson', moduleId, 'notes'),
        tenantId,
        moduleId,
        title: 'Notes from the teachers’ meeting',
      },
      ...{ content, contentVersion: CONTENT_VERSION, contentText: plainText(parseDocument(content)) },
      ...{
        videoUrl: null,
        duration: 300,
        preview: false,
        releaseAfterId: null,
        order: 0,
        createdAt,
        updatedAt: createdAt,
      },
    })
  }
  return rows
}
