import type { BlockNode } from '#lib/content/blocks'
import type { LessonDocument } from '#lib/content/document'
import type { InlineNode } from '#lib/content/inline'
import { plainText } from '#lib/content/plain-text'
import { type Finding, type FindingRule, LEVELS } from './contract'
import type { Draft } from './drafts'

/** What keeps a course from being published, and what its author should look at. Pure: rows in, findings out. */

export type JudgedLesson = Readonly<{
  id: string
  title: string
  draft: Draft
  /** `own`: a file of the school's, whose captions are the school's too. */
  video: 'none' | 'own' | 'elsewhere'
  captions: boolean
  /** Seconds. */
  duration: number | null
  completion: 'VIEWED' | 'WATCHED' | 'MARKED'
  releaseAfterId: string | null
}>

export type JudgedModule = Readonly<{ id: string; title: string; lessons: readonly JudgedLesson[] }>

/** Where links of a course may lead beside its own lessons. */
export type Published = Readonly<{
  courses: ReadonlySet<string>
  /** Course by lesson. */
  lessons: ReadonlyMap<string, string>
}>

export type Judged = Readonly<{
  courseId: string
  modules: readonly JudgedModule[]
  published: Published
  /** The anchors that a document's page has. */
  anchorsOf: (document: LessonDocument) => ReadonlySet<string>
}>

type Spot = Pick<Finding, 'block' | 'detail'>
const NOWHERE: Spot = { block: null, detail: null }

function inLesson({ id, title }: JudgedLesson, rule: FindingRule, spot: Partial<Spot> = {}): Finding {
  return { rule, module: null, lesson: { id, title }, ...NOWHERE, ...spot }
}

/** A block with all the blocks inside it, in reading order. */
function withInner(block: BlockNode): BlockNode[] {
  switch (block.type) {
    case 'bulletList':
    case 'orderedList':
      return [block, ...block.content.flatMap((item) => item.content.flatMap(withInner))]
    case 'table':
      return [
        block,
        ...block.content.flatMap((row) => row.content.flatMap((cell) => cell.content.flatMap(withInner))),
      ]
    case 'blockquote':
    case 'callout':
      return [block, ...block.content.flatMap(withInner)]
    default:
      return [block]
  }
}

function inlineOf(block: BlockNode): readonly InlineNode[] {
  return block.type === 'paragraph' || block.type === 'heading' ? (block.content ?? []) : []
}

function hrefsOf(block: BlockNode): string[] {
  return inlineOf(block).flatMap((node) =>
    node.type === 'text'
      ? (node.marks ?? []).flatMap((mark) => (mark.type === 'link' ? [mark.attrs.href] : []))
      : [],
  )
}

/** Each block of a document with its place among those of the first level. */
function spots(document: LessonDocument | null): { block: BlockNode; index: number }[] {
  return (document?.content ?? []).flatMap((top, index) => withInner(top).map((block) => ({ block, index })))
}

type Target =
  | Readonly<{ kind: 'anchor'; anchor: string }>
  | Readonly<{ kind: 'course'; courseId: string }>
  | Readonly<{ kind: 'lesson'; courseId: string; lessonId: string; anchor: string | null }>

const COURSE = /^\/courses\/([a-z0-9]+)\/?$/
const LESSON = /^\/learn\/([a-z0-9]+)\/([a-z0-9]+)\/?$/

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor)
  } catch {
    return anchor
  }
}

/** What an address means inside the school; null for what leads elsewhere or to a page that is always there. */
function targetOf(href: string): Target | null {
  const hash = href.indexOf('#')
  const anchor = hash < 0 || hash === href.length - 1 ? null : decoded(href.slice(hash + 1))
  if (hash === 0) return anchor === null ? null : { kind: 'anchor', anchor }
  const path = href.slice(0, hash < 0 ? undefined : hash).replace(/\?.*$/, '')
  const [, courseOfLesson, lessonId] = LESSON.exec(path) ?? []
  if (courseOfLesson !== undefined && lessonId !== undefined)
    return { kind: 'lesson', courseId: courseOfLesson, lessonId, anchor }
  const courseId = COURSE.exec(path)?.[1]
  return courseId === undefined ? null : { kind: 'course', courseId }
}

/** The ids of courses and lessons that a course's texts link to, each once: what `Published` has to know about. */
export function linkedIds(modules: readonly JudgedModule[]): { courseIds: string[]; lessonIds: string[] } {
  const targets = modules
    .flatMap((module) => module.lessons)
    .flatMap(({ draft }) => spots(draft.document))
    .flatMap(({ block }) => hrefsOf(block))
    .map(targetOf)
    .filter((target) => target !== null)
  const courses = targets.flatMap((target) => (target.kind === 'course' ? [target.courseId] : []))
  const lessons = targets.flatMap((target) => (target.kind === 'lesson' ? [target.lessonId] : []))
  return { courseIds: [...new Set(courses)], lessonIds: [...new Set(lessons)] }
}

type Anchors = ReadonlyMap<string, ReadonlySet<string>>

function leadsSomewhere(judged: Judged, anchors: Anchors, from: JudgedLesson, target: Target): boolean {
  const { courseId, published } = judged
  const has = (lessonId: string, anchor: string) => anchors.get(lessonId)?.has(anchor) ?? true
  if (target.kind === 'anchor') return has(from.id, target.anchor)
  if (target.kind === 'course') return target.courseId === courseId || published.courses.has(target.courseId)
  if (target.courseId !== courseId) return published.lessons.get(target.lessonId) === target.courseId
  return anchors.has(target.lessonId) && (target.anchor === null || has(target.lessonId, target.anchor))
}

function brokenLinks(judged: Judged, anchors: Anchors, lesson: JudgedLesson): Finding[] {
  return spots(lesson.draft.document).flatMap(({ block, index }) =>
    hrefsOf(block)
      .filter((href) => {
        const target = targetOf(href)
        return target !== null && !leadsSomewhere(judged, anchors, lesson, target)
      })
      .map((href) => inLesson(lesson, 'broken-link', { block: index, detail: href })),
  )
}

/** Headings begin one level below the lesson's own title and go down one level at a time. */
function headingJumps(lesson: JudgedLesson): Finding[] {
  let before = 1
  return spots(lesson.draft.document).flatMap(({ block, index }) => {
    if (block.type !== 'heading') return []
    const jumps = block.attrs.level > before + 1
    before = block.attrs.level
    const detail = plainText({ type: 'doc', content: [block] })
    return jumps ? [inLesson(lesson, 'heading-order', { block: index, detail })] : []
  })
}

function isEmpty({ draft, video }: JudgedLesson): boolean {
  if (video !== 'none' || draft.document === null) return false
  const pictured = spots(draft.document).some(({ block }) => block.type === 'image')
  return !pictured && plainText(draft.document) === ''
}

function filmFaults(lesson: JudgedLesson): Finding[] {
  const { video, captions, completion, duration } = lesson
  const rules: FindingRule[] = []
  if (video === 'own' && !captions) rules.push('captions')
  if (completion === 'WATCHED' && video === 'none') rules.push('watched-without-video')
  if (completion === 'WATCHED' && video !== 'none' && duration === null)
    rules.push('watched-without-duration')
  const silent = spots(lesson.draft.document).flatMap(({ block, index }) =>
    block.type === 'video' && block.attrs.captions === null
      ? [inLesson(lesson, 'captions', { block: index, detail: block.attrs.title })]
      : [],
  )
  return [...rules.map((rule) => inLesson(lesson, rule)), ...silent]
}

/** Ids of lessons that wait, over however many others, for themselves. */
export function releaseCycles(
  lessons: readonly Readonly<{ id: string; releaseAfterId: string | null }>[],
): ReadonlySet<string> {
  const after = new Map(lessons.map(({ id, releaseAfterId }) => [id, releaseAfterId]))
  const done = new Set<string>()
  const circling = new Set<string>()
  for (const { id } of lessons) {
    const path: string[] = []
    const onPath = new Set<string>()
    let next: string | null = id
    while (next !== null && after.has(next) && !done.has(next) && !onPath.has(next)) {
      path.push(next)
      onPath.add(next)
      next = after.get(next) ?? null
    }
    if (next !== null && onPath.has(next)) for (const one of path.slice(path.indexOf(next))) circling.add(one)
    for (const one of path) done.add(one)
  }
  return circling
}

function releaseFaults(lesson: JudgedLesson, known: Anchors, circling: ReadonlySet<string>): Finding[] {
  const { releaseAfterId } = lesson
  if (releaseAfterId === null) return []
  if (circling.has(lesson.id)) return [inLesson(lesson, 'release-cycle')]
  return known.has(releaseAfterId) ? [] : [inLesson(lesson, 'release-elsewhere')]
}

function lessonFaults(judged: Judged, anchors: Anchors, circling: ReadonlySet<string>, lesson: JudgedLesson) {
  return [
    ...(lesson.draft.document === null ? [inLesson(lesson, 'unreadable')] : []),
    ...(isEmpty(lesson) ? [inLesson(lesson, 'empty-lesson')] : []),
    ...lesson.draft.undescribed.map((block) => inLesson(lesson, 'image-alt', { block })),
    ...filmFaults(lesson),
    ...brokenLinks(judged, anchors, lesson),
    ...headingJumps(lesson),
    ...releaseFaults(lesson, anchors, circling),
  ]
}

/** Everything that stands between a course and its readers, in the course's order. */
export function judge(judged: Judged): Finding[] {
  const { modules, anchorsOf } = judged
  const lessons = modules.flatMap((module) => module.lessons)
  if (lessons.length === 0) return [{ rule: 'no-lessons', module: null, lesson: null, ...NOWHERE }]
  const anchors: Anchors = new Map(
    lessons.map(({ id, draft }) => [
      id,
      draft.document === null ? new Set<string>() : anchorsOf(draft.document),
    ]),
  )
  const circling = releaseCycles(lessons)
  return modules.flatMap((module) => [
    ...(module.lessons.length === 0
      ? [{ rule: 'empty-module' as const, module: module.title, lesson: null, ...NOWHERE }]
      : []),
    ...module.lessons.flatMap((lesson) => lessonFaults(judged, anchors, circling, lesson)),
  ])
}

/** Whether a course with these findings may be published. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every(({ rule }) => LEVELS[rule] !== 'error')
}
