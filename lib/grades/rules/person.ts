import type {
  CategoryLines,
  Change,
  GradeItem,
  GradeLine,
  GradeScheme,
  PersonGrades,
  Source,
} from '../contract'
import { COURSE_ITEM, PLAIN } from '../contract/constants'
import { letterOf } from './letters'
import { type GradeCell, type GradedItem, totalOf } from './total'

/** What one person has in the items of a course, from which their grade comes about. */
export type Own = Readonly<{
  sources: ReadonlyMap<string, Source>
  /** By item; that of the whole course among them. */
  changes: ReadonlyMap<string, Change>
  /** Unanswered questions by item. */
  open: ReadonlyMap<string, number>
}>

const NOTHING: Omit<Source, 'maxPoints'> = {
  ...{ points: null, given: null, deduction: '0', state: 'none', workId: null },
}

export const sourceIn = (own: Own, item: GradeItem): Source =>
  own.sources.get(item.id) ?? { ...NOTHING, maxPoints: item.maxPoints }

/** The change by hand that holds; null: there is none, or the newest one put back what comes about by itself. */
function holding(own: Own, itemId: string): Change | null {
  const change = own.changes.get(itemId)
  return change === undefined || (change.points === null && !change.excused) ? null : change
}

/** What holds in one item: a change by hand comes before what comes about by itself. */
export function cellOf(own: Own, item: GradeItem): GradeCell {
  const change = own.changes.get(item.id)
  if (change?.excused === true) return { itemId: item.id, points: null, excused: true }
  return {
    itemId: item.id,
    points: change?.points ?? sourceIn(own, item).points,
    excused: false,
  }
}

const placingOf = ({ items }: GradeScheme, { id }: GradeItem) => items[id] ?? PLAIN

/** The items that take part in the grade, each worth what it is worth for this person. */
function takingPart(items: readonly GradeItem[], scheme: GradeScheme, own: Own): GradedItem[] {
  return items.flatMap((item) => {
    const { counts, categoryId, extraCredit } = placingOf(scheme, item)
    const { maxPoints } = sourceIn(own, item)
    return counts ? [{ id: item.id, categoryId, extraCredit, maxPoints }] : []
  })
}

/**
 * A person's grade in percent as it comes about by itself; null: nothing counts yet.
 * @param items in the order of `cells`, each with what it is worth for this person
 */
export function standing(
  items: readonly Readonly<{ id: string; maxPoints: string }>[],
  scheme: Pick<GradeScheme, 'weighted' | 'categories' | 'items'>,
  cells: readonly GradeCell[],
): string | null {
  const { weighted, categories } = scheme
  const graded = items.flatMap(({ id, maxPoints }): GradedItem[] => {
    const { counts, categoryId, extraCredit } = scheme.items[id] ?? PLAIN
    return counts ? [{ id, categoryId, extraCredit, maxPoints }] : []
  })
  return totalOf(graded, categories, cells, { weighted, missing: 'skip' }).percent
}

/**
 * A person's grades with everything that leads to the one of the course. What has no points yet counts as nothing:
 * this is how they stand.
 */
export function gradesOf(
  person: Readonly<{ userId: string; name: string; email: string }>,
  items: readonly GradeItem[],
  scheme: GradeScheme,
  own: Own,
  timeZone: string,
): PersonGrades {
  const { weighted, categories: all } = scheme
  const cells = items.map((item) => cellOf(own, item))
  const total = totalOf(takingPart(items, scheme, own), all, cells, { weighted, missing: 'skip' })
  const byId = new Map(items.map((item) => [item.id, item]))
  const lineOf = (itemId: string, state: GradeLine['state']): GradeLine[] => {
    const item = byId.get(itemId)
    if (item === undefined) return []
    const source = sourceIn(own, item)
    const { points } = cellOf(own, item)
    const change = holding(own, itemId)
    return [
      { item, state, points, maxPoints: source.maxPoints, source, change, open: own.open.get(itemId) ?? 0 },
    ]
  }
  const categories = total.categories.map((worth): CategoryLines => {
    const category = all.find(({ id }) => id === worth.id)
    const { points, maxPoints, percent, share } = worth
    return {
      ...{
        kind: category === undefined ? ('rest' as const) : ('category' as const),
        title: category?.title ?? '',
      },
      extraCredit: category?.extraCredit ?? false,
      ...{ dropLowest: category?.dropLowest ?? 0, points, maxPoints, percent, share },
      lines: worth.items.flatMap(({ id, state }) => lineOf(id, state)),
    }
  })
  const left = items.filter((item) => !placingOf(scheme, item).counts)
  const apart: CategoryLines = {
    ...{
      kind: 'apart',
      title: '',
      extraCredit: false,
      dropLowest: 0,
      points: '0',
      maxPoints: '0',
      percent: null,
      share: null,
    },
    lines: left.flatMap(({ id }) => lineOf(id, 'no-part')),
  }
  const change = holding(own, COURSE_ITEM)
  const percent = change?.points ?? total.percent
  return {
    ...{ ...person, percent, letter: letterOf(percent, scheme.letters), computed: total.percent, change },
    ...{ weighted, timeZone, categories: left.length === 0 ? categories : [...categories, apart] },
  }
}
