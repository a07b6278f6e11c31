/** How an outline is put in order, and how two people's changes to a course meet. Pure; shared with the browser. */

/** Characters of a course’s, a module’s or a lesson’s title. It stands here because the browser reads it, too. */
export const TITLE_MAX = 200

/** Modules and their lessons by id, in order. */
export type Arrangement = readonly Readonly<{ id: string; lessons: readonly string[] }>[]

const PART = /^([a-z0-9]{1,40}):((?:[a-z0-9]{1,40}(?:,[a-z0-9]{1,40})*)?)$/

/** `m1:l1,l2;m2:` – an arrangement as a form sends it. */
export function writeArrangement(arrangement: Arrangement): string {
  return arrangement.map(({ id, lessons }) => `${id}:${lessons.join(',')}`).join(';')
}

/** The arrangement behind a text; null when it is none. */
export function readArrangement(text: string): Arrangement | null {
  if (text === '') return []
  const parts = text.split(';').map((part) => PART.exec(part))
  const modules = parts.flatMap((part) =>
    part?.[1] === undefined ? [] : [{ id: part[1], lessons: (part[2] ?? '').split(',').filter(Boolean) }],
  )
  return modules.length === parts.length ? modules : null
}

const sorted = (ids: readonly string[]): string => [...ids].sort().join()

/** Whether two arrangements hold the same modules and lessons, each once, wherever they stand. */
export function isRearranged(from: Arrangement, to: Arrangement): boolean {
  const modules = (all: Arrangement) => all.map(({ id }) => id)
  const lessons = (all: Arrangement) => all.flatMap((module) => module.lessons)
  return sorted(modules(from)) === sorted(modules(to)) && sorted(lessons(from)) === sorted(lessons(to))
}

type Named = Readonly<{ id: string }>
type Part<Lesson extends Named> = Readonly<{ id: string; lessons: readonly Lesson[] }>

/** The arrangement of an outline. */
export function arrangementOf(modules: readonly Part<Named>[]): Arrangement {
  return modules.map(({ id, lessons }) => ({ id, lessons: lessons.map((lesson) => lesson.id) }))
}

function inserted<T>(list: readonly T[], at: number, items: readonly T[]): T[] {
  return [...list.slice(0, at), ...items, ...list.slice(at)]
}

/** Moves a module to a place among the others; 0 is the first. */
function moveModule<M extends Named>(modules: readonly M[], id: string, position: number): M[] {
  const moved = modules.filter((module) => module.id === id)
  return inserted(
    modules.filter((module) => module.id !== id),
    Math.max(0, position),
    moved,
  )
}

/** Moves a lesson to a place among the other lessons of a module; 0 is the first. */
export function moveLesson<Lesson extends Named, M extends Part<Lesson>>(
  modules: readonly M[],
  lessonId: string,
  to: Readonly<{ moduleId: string; position: number }>,
): M[] {
  const all = modules.flatMap((module) => [...module.lessons])
  const moved = all.filter((lesson) => lesson.id === lessonId)
  return modules.map((module) => {
    const others = module.lessons.filter((lesson) => lesson.id !== lessonId)
    const lessons = module.id === to.moduleId ? inserted(others, Math.max(0, to.position), moved) : others
    return { ...module, lessons }
  })
}

/** What an outline looks like in the order of an arrangement that holds the same parts. */
export function inOrder<Lesson extends Named, M extends Part<Lesson>>(
  modules: readonly M[],
  arrangement: Arrangement,
): M[] {
  const lessons = new Map(modules.flatMap((module) => module.lessons).map((lesson) => [lesson.id, lesson]))
  return arrangement.flatMap(({ id, lessons: ids }) => {
    const module = modules.find((one) => one.id === id)
    return module === undefined ? [] : [{ ...module, lessons: ids.flatMap((one) => lessons.get(one) ?? []) }]
  })
}

/**
 * Where one step up or down leads a lesson: past its neighbour, or over the edge into the next module. Null at the end
 * of the course.
 */
export function stepOf(
  modules: readonly Part<Named>[],
  lessonId: string,
  step: -1 | 1,
): Readonly<{ moduleId: string; position: number }> | null {
  const index = modules.findIndex(({ lessons }) => lessons.some(({ id }) => id === lessonId))
  const module = modules[index]
  if (module === undefined) return null
  const position = module.lessons.findIndex(({ id }) => id === lessonId) + step
  if (position >= 0 && position < module.lessons.length) return { moduleId: module.id, position }
  const next = modules[index + step]
  if (next === undefined) return null
  return { moduleId: next.id, position: step === 1 ? 0 : next.lessons.length }
}

/** The details of a course as the fields of their form hold them. */
export const DETAIL_FIELDS = [
  'title',
  'description',
  'outcomes',
  'categories',
  'timeZone',
  'enrollment',
  'enrollmentKey',
  'capacity',
] as const

export type DetailField = (typeof DETAIL_FIELDS)[number]

/** Lists are joined: outcomes by lines, categories as sorted ids with commas. An empty text: not set. */
export type Details = Readonly<Record<DetailField, string>>

/**
 * Brings two people's changes to the same details together. What only one of them changed is that one's; what both did,
 * differently, can't be decided here.
 * @param base what `mine` was typed over
 */
export function mergeDetails(
  base: Details,
  mine: Details,
  theirs: Details,
): Readonly<{ merged: Details; conflicts: DetailField[] }> {
  const conflicts = DETAIL_FIELDS.filter(
    (field) => mine[field] !== base[field] && theirs[field] !== base[field] && mine[field] !== theirs[field],
  )
  const merged = Object.fromEntries(
    DETAIL_FIELDS.map((field) => [field, mine[field] === base[field] ? theirs[field] : mine[field]]),
  )
  return { merged: { ...theirs, ...merged }, conflicts }
}

/** Sentences as somebody typed them, one a line. */
export function readLines(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Where something was let go: beside a module’s own line, or beside a lesson’s. */
export type DropPlace = Readonly<{ id: string; after: boolean }>

function dropLesson<Lesson extends Named, M extends Part<Lesson>>(
  modules: readonly M[],
  id: string,
  place: DropPlace,
): M[] {
  const line = modules.findIndex((module) => module.id === place.id)
  if (line >= 0) {
    // Below a module's line is its beginning; above it, the end of the module before.
    const before = place.after ? undefined : modules[line - 1]
    const moduleId = (before ?? modules[line])?.id ?? ''
    return moveLesson<Lesson, M>(modules, id, { moduleId, position: before?.lessons.length ?? 0 })
  }
  const home = modules.find(({ lessons }) => lessons.some((lesson) => lesson.id === place.id))
  if (home === undefined || place.id === id) return [...modules]
  const others = home.lessons.filter((lesson) => lesson.id !== id)
  const position = others.findIndex((lesson) => lesson.id === place.id) + (place.after ? 1 : 0)
  return moveLesson<Lesson, M>(modules, id, { moduleId: home.id, position })
}

/**
 * What an outline looks like once a module or a lesson was let go somewhere in it. A module that is let go among the
 * lessons of another comes after that one: modules don't lie inside each other.
 */
export function dropped<Lesson extends Named, M extends Part<Lesson>>(
  modules: readonly M[],
  id: string,
  place: DropPlace,
): M[] {
  if (!modules.some((module) => module.id === id)) return dropLesson<Lesson, M>(modules, id, place)
  const at = modules.findIndex(
    (module) => module.id === place.id || module.lessons.some((lesson) => lesson.id === place.id),
  )
  const target = modules[at]
  if (target === undefined || target.id === id) return [...modules]
  const position = modules.filter((module) => module.id !== id).findIndex(({ id: one }) => one === target.id)
  const above = target.id === place.id && !place.after
  return moveModule(modules, id, above ? position : position + 1)
}
