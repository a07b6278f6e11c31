import { passagesOf } from '#lib/content/passages'
import { quotationsOf } from '#lib/tutor/rules/quoting'
import type { ChatMessage } from '#lib/tutor/contract'
import type { Citation, Source } from '#lib/tutor/contract/limits'
import { canaryOf } from './canary'
import { CHAT_SCRIPTS, type ChatScript, SHORT_QUESTIONS, type ShortQuestion } from './chat-scripts'
import { after, daysFrom, HOUR, MINUTE, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import type { Person } from './people'
import { random } from './random'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'

type Chat = Rows['AIChat'][number]
type Asked = Rows['TutorQuestion'][number]

type Named = ChatScript['turns'][number] extends readonly [string, string, ...(readonly (infer N)[])]
  ? N
  : never

/** The passage of a course that holds some words, as a citation and as a text. */
function passageAt(
  course: BuiltCourse,
  [slug, words]: Named,
  n: number,
): { citation: Citation; text: string } {
  const lesson = course.lessons.find((one) => one.slug === slug)
  const source = course.source.modules.flatMap(({ lessons }) => lessons).find((one) => one.slug === slug)
  const passage = passagesOf(source?.document ?? { type: 'doc', content: [] }).find(({ text }) =>
    text.replace(/\s+/gu, ' ').includes(words),
  )
  if (lesson === undefined || passage === undefined)
    throw new Error(`${course.slug}/${slug} has no passage with “${words}”.`)
  const citation = {
    ...{ n, lessonId: lesson.id, lessonTitle: lesson.title, heading: passage.headings.at(-1) ?? '' },
    anchor: passage.anchor,
  }
  return { citation, text: passage.text }
}

type Said = Readonly<{
  question: string
  answer: string
  source: Source | null
  citations: readonly Citation[]
}>

function messagesOf(said: readonly Said[], begun: Date): ChatMessage[] {
  return said.flatMap(({ question, answer, source, citations }, index): ChatMessage[] => {
    const asked = after(begun, index * 3 * MINUTE)
    const plain = { version: 1 as const, source: null, remark: null, citations: [], from: [] }
    return [
      { ...plain, role: 'user', text: question, at: asked.toISOString() },
      {
        ...{ ...plain, role: 'assistant', text: answer, at: after(asked, MINUTE / 10).toISOString(), source },
        ...{ citations: [...citations], from: [...new Set(citations.map(({ lessonId }) => lessonId))] },
      },
    ]
  })
}

interface Where {
  courseId: string | null
  lessonId: string | null
  context: Readonly<Record<string, string>>
}

function chat(who: Person, key: string, where: Where, said: readonly Said[], begun: Date): Chat {
  const messages = messagesOf(said, begun)
  const { courseId, lessonId, context } = where
  const updatedAt = after(begun, said.length * 3 * MINUTE)
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
  const said = script.turns.map(([question, answer, ...named]): Said => {
    const citations = named.map((one, index) => passageAt(course, one, index + 1).citation)
    return { question, answer, source: 'model', citations }
  })
  return [chat(learner.person, script.lesson, where, said, begun)]
}

/** What the tutor says around quotations. */
const QUOTING = 'This is what the course says about it:'
const NOTHING =
  'I found nothing about this in the lessons of this course that are open to you. Try other words, or ask whoever teaches it.'

/** The length of a quotation. */
const QUOTED = 320

function quotedBy(course: BuiltCourse, [, , named, question]: ShortQuestion): Said {
  if (named === null) return { question, answer: NOTHING, source: 'nothing', citations: [] }
  const passages = named.map((one, index) => passageAt(course, one, index + 1))
  const excerpts = passages.map(({ citation, text }) => ({
    ...{ n: citation.n, code: false },
    text: text.length > QUOTED ? `${text.slice(0, QUOTED).replace(/\s+\S*$/u, '')} …` : text,
  }))
  const answer = quotationsOf(QUOTING, excerpts)
  return { question, answer, source: 'passages', citations: passages.map(({ citation }) => citation) }
}

/** Single questions of the last weeks, each by somebody else who takes the course. */
function short(anchor: Anchor, courses: readonly BuiltCourse[], all: readonly Learning[]): Chat[] {
  return SHORT_QUESTIONS.flatMap((one, index) => {
    const [slug, lessonSlug] = one
    const course = courses.find((built) => built.slug === slug)
    const lesson = course?.lessons.find((built) => built.slug === lessonSlug)
    const learners = all.filter(
      ({ course: taken, person, done }) =>
        taken === course &&
        !person.email.startsWith('student') &&
        done.some((entry) => entry.lesson === lesson),
    )
    const learner = learners[index % Math.max(1, learners.length)]
    if (course === undefined || lesson === undefined || learner === undefined) return []
    const begun = after(
      daysFrom(anchor, -(1 + ((index * 5) % 24))),
      (10 + (index % 9)) * HOUR + index * MINUTE,
    )
    const where = { courseId: course.id, lessonId: lesson.id, context: { lesson: lesson.title } }
    return [chat(learner.person, `short ${String(index)}`, where, [quotedBy(course, one)], begun)]
  })
}

/** A private question outside any course, one a school, that carries the school's canary. */
function marked(anchor: Anchor, people: readonly Person[]): Chat[] {
  return SCHOOLS.flatMap(({ id, subdomain }) => {
    const who = people.find(
      (person) => person.tenantId === id && person.email === `student@${subdomain}.test`,
    )
    if (who === undefined) return []
    const said: Said = {
      question: `The office gave me the reference ${canaryOf(subdomain)} for my request. Where do I see what became of it?`,
      answer:
        'I can’t look into requests to the office; that is between you and them. Write to the address on your confirmation and name the reference. What I can help you with is anything in your courses.',
      ...{ source: null, citations: [] },
    }
    const begun = after(daysFrom(anchor, -random('asks', id).between(25, 40)), 14 * HOUR)
    return [chat(who, 'office', { courseId: null, lessonId: null, context: {} }, [said], begun)]
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
    ...short(anchor, courses, all),
    ...marked(anchor, people),
  ]
}

const OUTCOMES = { model: 'ANSWERED', passages: 'QUOTED', nothing: 'NOTHING', refused: 'REFUSED' } as const

/** What was asked in conversations of courses, a row a question. */
export function tutorQuestionRows(chats: readonly Chat[]): Asked[] {
  return chats.flatMap(({ id: chatId, tenantId, userId, courseId, lessonId, messages }) => {
    if (typeof courseId !== 'string') return []
    const said = messages as ChatMessage[]
    return said.flatMap((message, place): Asked[] => {
      const answer = said[place + 1]
      if (message.role !== 'user' || answer === undefined) return []
      const [first] = answer.citations
      const id = seedId('tutor question', chatId, place)
      return [
        {
          ...{ id, tenantId, userId, chatId, courseId, lessonId: lessonId ?? null, key: id, place },
          outcome: OUTCOMES[answer.source ?? 'model'],
          ...{
            aboutLessonId: first?.lessonId ?? null,
            about: first?.heading === '' ? null : (first?.heading ?? null),
          },
          ...{ askedAt: new Date(message.at), answeredAt: new Date(answer.at) },
        },
      ]
    })
  })
}

/** How many questions each school asked in the month of the anchor: its plan counts them. */
export function askedCounters(anchor: Anchor, asked: readonly Asked[]): Rows['UsageCounter'] {
  const period = anchor.toISOString().slice(0, 7)
  const now = asked.filter(
    ({ askedAt }) => askedAt instanceof Date && askedAt.toISOString().startsWith(period),
  )
  return [...new Set(now.map(({ tenantId }) => tenantId))].map((tenantId) => ({
    ...{ id: seedId('usage', tenantId, 'ai-messages', period), tenantId, kind: 'ai-messages', period },
    amount: now.filter((one) => one.tenantId === tenantId).length,
  }))
}
