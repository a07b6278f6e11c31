'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { GridList } from 'react-aria-components/GridList'
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { useHydrated } from '#components/ui/hydrated'
import type { OutlineLesson, OutlineModule } from '#lib/teach/contract'
import { type DropPlace, stepOf } from '#lib/teach/rules'
import { followFingers } from './finger-drag'
import { LessonRow, ModuleRow, type RowActions } from './outline-row'
import type { OutlineSteps, Thing } from './outline-steps'
import type { OutlineStore } from './outline-store'
import type { OutlineWords } from './outline-words'
import type { MenuEntry } from './row-menu'

type Line =
  | Readonly<{ kind: 'module'; id: string; module: OutlineModule; number: number }>
  | Readonly<{ kind: 'lesson'; id: string; lesson: OutlineLesson }>

type Modules = readonly OutlineModule[]

/** All lines of an outline in one list, so that a lesson is carried from one module into another. */
function linesOf(modules: Modules): Line[] {
  return modules.flatMap((module, index): Line[] => [
    { kind: 'module', id: module.id, module, number: index + 1 },
    ...module.lessons.map((lesson): Line => ({ kind: 'lesson', id: lesson.id, lesson })),
  ])
}

function thingOf(line: Line): Thing {
  const { kind, id } = line
  return { kind, id, title: kind === 'module' ? line.module.title : line.lesson.title }
}

type Way = Readonly<{ modules: Modules; steps: OutlineSteps; store: OutlineStore; words: OutlineWords }>

/** Beside which line a lesson comes to stand that takes its place among the others of a module. */
function besides(
  { modules }: Way,
  thing: Thing,
  step: -1 | 1,
): { id: string; after: boolean; into: string } | null {
  const to = stepOf(modules, thing.id, step)
  const module = modules.find(({ id }) => id === to?.moduleId)
  if (to === null || module === undefined) return null
  const others = module.lessons.filter(({ id }) => id !== thing.id)
  const before = others[to.position - 1]
  return before === undefined
    ? { id: module.id, after: true, into: module.title }
    : { id: before.id, after: true, into: module.title }
}

function lessonMenu(way: Way, thing: Thing): { up: (() => void) | null; down: (() => void) | null } {
  const run = (step: -1 | 1) => {
    const to = besides(way, thing, step)
    if (to === null) return null
    const { into, ...place } = to
    const home = way.modules.find(({ lessons }) => lessons.some(({ id }) => id === thing.id))
    return () => void way.store.take(way.steps.move(thing, place, into === home?.title ? null : into))
  }
  return { up: run(-1), down: run(1) }
}

function moduleMenu(way: Way, thing: Thing): { up: (() => void) | null; down: (() => void) | null } {
  const index = way.modules.findIndex(({ id }) => id === thing.id)
  const run = (step: -1 | 1) => {
    const neighbour = way.modules[index + step]
    if (neighbour === undefined) return null
    return () => void way.store.take(way.steps.move(thing, { id: neighbour.id, after: step === 1 }, null))
  }
  return { up: run(-1), down: run(1) }
}

/** Where a lesson can go at once: to the end of every other module. */
function placesOf(way: Way, thing: Thing): MenuEntry[] {
  if (thing.kind === 'module') return []
  return way.modules
    .filter(({ lessons }) => lessons.every(({ id }) => id !== thing.id))
    .map(({ id, title, lessons }) => {
      const place = { id: lessons.at(-1)?.id ?? id, after: true }
      return {
        id: `to-${id}`,
        label: title,
        run: () => void way.store.take(way.steps.move(thing, place, title)),
      }
    })
}

/** A press that begins on a row which is then made anew would be nobody's. */
const DEAF = '[&_button]:pointer-events-none'

const nothing = (): void => undefined

function menusOf(way: Way, thing: Thing, rename: (thing: Thing) => void) {
  const { words, steps, store } = way
  const { up, down } = thing.kind === 'module' ? moduleMenu(way, thing) : lessonMenu(way, thing)
  const entries: MenuEntry[] = [
    { id: 'rename', label: words.rename, icon: 'pencil', run: () => rename(thing) },
    { id: 'up', label: words.up, icon: 'sort-up', disabled: up === null, run: up ?? nothing },
    { id: 'down', label: words.down, icon: 'sort-down', disabled: down === null, run: down ?? nothing },
    { id: 'remove', label: words.remove, icon: 'trash', run: () => void store.take(steps.remove(thing)) },
  ]
  return { entries, places: placesOf(way, thing) }
}

/** Carrying a line: by mouse and keys as the list knows it, by finger as it doesn't. */
function useDragging(lines: readonly Line[], { steps, store }: Way) {
  const drop = (key: unknown, place: DropPlace): void => {
    const line = lines.find(({ id }) => id === key)
    if (line !== undefined) void store.take(steps.move(thingOf(line), place, null))
  }
  const latest = useRef(drop)
  useEffect(() => {
    latest.current = drop
  })
  // The list makes its element anew when it begins to listen: a listener goes where the element goes.
  const stop = useRef<(() => void) | null>(null)
  const list = useCallback((element: HTMLDivElement | null): void => {
    stop.current?.()
    stop.current = element === null ? null : followFingers(element, (id, place) => latest.current(id, place))
  }, [])
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) =>
      drop([...keys][0], { id: String(target.key), after: target.dropPosition === 'after' }),
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className="h-0 outline-2 outline-transparent data-drop-target:outline-accent-9"
      />
    ),
  })
  return { list, dragAndDropHooks }
}

/** The lines of an outline as one list: arrows walk through it, Tab through the parts of a line, the handle carries it. */
export function OutlineList({ courseId, ...way }: Way & { courseId: string }) {
  const { modules, steps, store, words } = way
  const [open, setOpen] = useState<Readonly<{ id: string; what: 'rename' | 'add' }> | null>(null)
  const lines = linesOf(modules)
  const listening = useHydrated()
  const { list, dragAndDropHooks } = useDragging(lines, way)
  const close = (): void => {
    const row = open?.id
    // The field goes, with the focus in it: its line takes it over.
    flushSync(() => setOpen(null))
    if (row !== undefined)
      document.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(row)}"]`)?.focus()
  }
  const actions: RowActions = {
    rename: ({ id }) => setOpen({ id, what: 'rename' }),
    add: (id) => setOpen({ id, what: 'add' }),
    renameTo: (thing, title) => {
      if (title !== thing.title) void store.take(steps.rename(thing, title))
      close()
    },
    addTo: (moduleId, title) => void store.take(steps.add(title, moduleId)),
    close,
  }
  return (
    <GridList
      ref={list}
      aria-label={words.list}
      items={lines}
      dependencies={[open, modules]}
      dragAndDropHooks={dragAndDropHooks}
      keyboardNavigationBehavior="tab"
      disallowTypeAhead
      className={`outline-none ${listening ? '' : DEAF}`}
    >
      {(line: Line) => {
        const thing = thingOf(line)
        const row = {
          ...{ words, actions },
          menus: menusOf(way, thing, actions.rename),
          open: open?.id === line.id ? open.what : null,
        }
        return line.kind === 'module' ? (
          <ModuleRow module={line.module} number={line.number} {...row} />
        ) : (
          <LessonRow lesson={line.lesson} href={`/teach/courses/${courseId}/lessons/${line.id}`} {...row} />
        )
      }}
    </GridList>
  )
}
