import 'server-only'
import { type LessonDocument, parseDocument } from '#lib/content/document'
import { type Passage, passagesOf } from '#lib/content/passages'
import type { Reader } from '#lib/db/queries/catalog'
import { lessonHits, type OpenText, openTexts, textHits } from '#lib/db/queries/tutor-material'
import type { TenantDb } from '#lib/db/tenant'
import { answers, type Hits, rank, saysSomething, type Term, termsOf } from './rules/ranking'

/** Lessons whose passages are looked at, the best first. */
const LESSONS = 10
/** Passages that an answer is made of. */
const PASSAGES = 6
/** A passage so much worse than the best one says nothing about the question. */
const NEAR = 0.35
/** What stands beside the question is a little likelier to be meant. */
const BESIDE = 1.15
/** Code names the words of a question without explaining them. */
const CODE = 0.6

export type Found = Readonly<{
  n: number
  lessonId: string
  lessonTitle: string
  heading: string
  anchor: string
  text: string
  /** Code and nothing else. */
  code: boolean
  hits: Hits
}>

export type Material = Readonly<{
  /** Every lesson that is open to the reader. */
  open: ReadonlySet<string>
  terms: readonly Term[]
  /** The best first; empty: the material doesn't answer. */
  passages: readonly Found[]
}>

type Placed = Passage & Readonly<{ lessonId: string; lessonTitle: string }>

function documentOf({ content }: OpenText): LessonDocument | null {
  return content === null ? null : parseDocument(content)
}

function placed(texts: readonly OpenText[]): readonly Placed[] {
  return texts.flatMap((lesson) => {
    const document = documentOf(lesson)
    const passages = document === null ? [] : passagesOf(document)
    return passages.map((passage) => ({ ...passage, lessonId: lesson.id, lessonTitle: lesson.title }))
  })
}

function found(passage: Placed, place: number, hits: Hits): Found {
  const { lessonId, lessonTitle, headings, anchor, text, code } = passage
  return { n: place + 1, lessonId, lessonTitle, heading: headings.at(-1) ?? '', anchor, text, code, hits }
}

type Input = Readonly<{
  courseId: string
  /** The lesson that is open beside the question. */
  lessonId: string
  reader: Reader
  /** Stems of the question, and of the one before it: that is what "why?" is about. */
  stems: readonly string[]
  before: readonly string[]
}>

async function best(
  db: TenantDb,
  input: Input,
  passages: readonly Placed[],
  terms: readonly Term[],
): Promise<readonly Found[]> {
  if (passages.length === 0) return []
  const stems = terms.flatMap((term) => term.stems)
  const titles = passages.map(({ lessonTitle, headings }) => [lessonTitle, ...headings].join(' · '))
  const counted = await textHits(db, { texts: [...passages.map(({ text }) => text), ...titles], stems })
  const ranked = rank(
    terms,
    passages.map(({ text }, index) => ({
      hits: counted[index] ?? {},
      titleHits: counted[passages.length + index] ?? {},
      length: text.length,
    })),
  )
    .map((one) => {
      const passage = passages[one.index]
      const beside = passage?.lessonId === input.lessonId ? BESIDE : 1
      return { ...one, score: one.score * beside * (passage?.code === true ? CODE : 1) }
    })
    .sort((a, b) => b.score - a.score || a.index - b.index)
  const top = ranked[0]
  if (top === undefined || !answers(ranked)) return []
  return ranked
    .filter(({ score }) => score >= top.score * NEAR)
    .slice(0, PASSAGES)
    .flatMap(({ index }, place) => {
      const passage = passages[index]
      return passage === undefined ? [] : [found(passage, place, counted[index] ?? {})]
    })
}

/**
 * The passages of a course that answer a question, of those lessons alone that are open to its asker now. Three
 * statements.
 */
export async function gather(db: TenantDb, input: Input): Promise<Material> {
  const { courseId, reader, stems, before } = input
  const own = termsOf(stems)
  const terms = saysSomething(stems)
    ? own
    : [...own, ...termsOf(before, 0.5).filter(({ stems: [stem = ''] }) => !stems.includes(stem))]
  const asked = terms.flatMap((term) => term.stems)
  const lessons = await lessonHits(db, { courseId, reader, stems: asked })
  const open = new Set(lessons.map(({ id }) => id))
  const ids = rank(terms, lessons)
    .slice(0, LESSONS)
    .flatMap(({ index }) => lessons[index]?.id ?? [])
  if (ids.length === 0) return { open, terms, passages: [] }
  const texts = await openTexts(db, { courseId, reader, lessonIds: ids })
  return { open, terms, passages: await best(db, input, placed(texts), terms) }
}
