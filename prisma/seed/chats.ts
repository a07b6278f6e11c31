import { canaryOf } from './canary'
import { CHAT_SCRIPTS, type ChatScript } from './chat-scripts'
import { after, daysFrom, HOUR, MINUTE, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import type { Person } from './people'
import { random } from './random'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'

/** One message of a conversation, as `AIChat.messages` holds it. */
interface ChatMessage {
  version: 1
  role: 'user' | 'assistant'
  text: string
  /** ISO 8601 */
  at: string
}

type Chat = Rows['AIChat'][number]

function messagesOf(turns: ChatScript['turns'], begun: Date): ChatMessage[] {
  return turns.flatMap(([question, answer], index): ChatMessage[] => {
    const asked = after(begun, index * 3 * MINUTE)
    return [
      { version: 1, role: 'user', text: question, at: asked.toISOString() },
      { version: 1, role: 'assistant', text: answer, at: after(asked, MINUTE / 10).toISOString() },
    ]
  })
}

interface Where {
  courseId: string | null
  lessonId: string | null
  context: Readonly<Record<string, string>>
}

function chat(who: Person, key: string, where: Where, turns: ChatScript['turns'], begun: Date): Chat {
  const messages = messagesOf(turns, begun).map((message) => ({ ...message }))
  const { courseId, lessonId, context } = where
  const updatedAt = after(begun, turns.length * 3 * MINUTE)
  const id = seedId('chat', who.id, key)
  return {
    id,
    tenantId: who.tenantId,
    userId: who.id,
    courseId,
    lessonId,
    messages,
    context,
    createdAt: begun,
    updatedAt,
  }
}

function scripted(
  anchor: Anchor,
  script: ChatScript,
  courses: readonly BuiltCourse[],
  all: readonly Learning[],
): Chat[] {
  const course = courses.find(({ slug }) => slug === script.course)
  const lesson = course?.lessons.find(({ slug }) => slug === script.lesson)
  const learner = all.find(
    ({ person, course: taken }) => taken === course && person.email.startsWith(`${script.student}@`),
  )
  if (course === undefined || lesson === undefined || learner === undefined) return []
  const finished = learner.done.find((entry) => entry.lesson === lesson)?.at
  const begun = finished === undefined ? after(daysFrom(anchor, -1), -4 * HOUR) : after(finished, -9 * MINUTE)
  const where = { courseId: course.id, lessonId: lesson.id, context: { lesson: lesson.title } }
  return [chat(learner.person, script.lesson, where, script.turns, begun)]
}

/** A private question outside any course, one a school, that carries the school's canary. */
function marked(anchor: Anchor, people: readonly Person[]): Chat[] {
  return SCHOOLS.flatMap(({ id, subdomain }) => {
    const who = people.find(
      (person) => person.tenantId === id && person.email === `student@${subdomain}.test`,
    )
    if (who === undefined) return []
    const turns = [
      [
        `The office gave me the reference ${canaryOf(subdomain)} for my request. Where do I see what became of it?`,
        'I can’t look into requests to the office; that is between you and them. Write to the address on your confirmation and name the reference. What I can help you with is anything in your courses.',
      ],
    ] as const
    const begun = after(daysFrom(anchor, -random('asks', id).between(25, 40)), 14 * HOUR)
    return [chat(who, 'office', { courseId: null, lessonId: null, context: {} }, turns, begun)]
  })
}

/** Conversations with the tutor. One whose course, lesson or learner isn't there is left out. */
export function chatRows(
  anchor: Anchor,
  people: readonly Person[],
  courses: readonly BuiltCourse[],
  all: readonly Learning[],
): Chat[] {
  return [
    ...CHAT_SCRIPTS.flatMap((script) => scripted(anchor, script, courses, all)),
    ...marked(anchor, people),
  ]
}
