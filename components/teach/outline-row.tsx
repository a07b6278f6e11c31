'use client'

import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { GridListItem } from 'react-aria-components/GridList'
import { Icon } from '#components/ui/icon'
import type { OutlineLesson, OutlineModule } from '#lib/teach/contract'
import { fill } from './fill'
import { type MenuEntry, RowMenu } from './row-menu'
import { TitleForm } from './title-form'
import type { Thing } from './outline-steps'
import type { OutlineWords } from './outline-words'

/** What a row asks of its list. */
export type RowActions = Readonly<{
  rename: (thing: Thing) => void
  renameTo: (thing: Thing, title: string) => void
  add: (moduleId: string) => void
  addTo: (moduleId: string, title: string) => void
  close: () => void
}>

type Menus = Readonly<{ entries: readonly MenuEntry[]; places: readonly MenuEntry[] }>

type Props = Readonly<{
  words: OutlineWords
  actions: RowActions
  menus: Menus
  /** Being renamed, or added to, in place. */
  open: 'rename' | 'add' | null
}>

/** Under a mouse the row itself is what is dragged, and the list makes its button deaf to pointers; fingers find the place around it. */
function Handle({ words, title }: { words: OutlineWords; title: string }) {
  return (
    <span
      data-handle
      className="inline-flex shrink-0 cursor-grab touch-none rounded-sm text-soft hover:bg-sunken hover:text-text noscript:hidden"
    >
      <Button
        slot="drag"
        aria-label={fill(words.drag, { title })}
        className="inline-flex size-11 items-center justify-center rounded-sm"
      >
        <Icon name="grip" />
      </Button>
    </span>
  )
}

function Row({
  thing,
  name,
  words,
  menus,
  nested,
  children,
}: {
  thing: Thing
  name: string
  words: OutlineWords
  menus: Menus
  nested: boolean
  children: ReactNode
}) {
  const { id, title } = thing
  return (
    <GridListItem
      id={id}
      textValue={name}
      className={`flex flex-wrap items-center gap-x-1 border-line outline-none data-carried:opacity-50 data-dragging:opacity-50 data-[drop=after]:shadow-[0_2px_0_var(--accent-9)] data-[drop=before]:shadow-[0_-2px_0_var(--accent-9)] data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-accent-8 ${nested ? 'border-t ps-2 sm:ps-8' : 'rounded-t-md border-t bg-sunken first:border-t-0 not-first:mt-6 not-first:border-t-0'}`}
    >
      <Handle words={words} title={title} />
      {children}
      <div className="order-1 noscript:hidden">
        <RowMenu
          label={fill(words.menu, { title })}
          entries={menus.entries}
          places={{ label: words.moveTo, entries: menus.places }}
        />
      </div>
    </GridListItem>
  )
}

function Rename({ thing, words, actions }: { thing: Thing; words: OutlineWords; actions: RowActions }) {
  return (
    <TitleForm
      label={fill(words.titleOf, { title: thing.title })}
      initial={thing.title}
      submit={words.save}
      cancel={words.cancel}
      needed={words.titleNeeded}
      onSubmit={(title) => actions.renameTo(thing, title)}
      onCancel={actions.close}
    />
  )
}

/** The line of a module: its name, and the way to one more lesson in it. */
export function ModuleRow({
  module,
  number,
  words,
  actions,
  menus,
  open,
}: Props & { module: OutlineModule; number: number }) {
  const { id, title } = module
  const thing: Thing = { kind: 'module', id, title }
  const name = fill(words.moduleRow, { number: String(number), title })
  return (
    <Row thing={thing} name={name} words={words} menus={menus} nested={false}>
      {open === 'rename' ? (
        <Rename thing={thing} words={words} actions={actions} />
      ) : (
        <>
          <span className="min-w-0 grow basis-32 py-3 font-semibold wrap-anywhere">{name}</span>
          {open === 'add' ? null : (
            <Button
              aria-label={fill(words.addLessonTo, { title })}
              onPress={() => actions.add(id)}
              className="order-2 ms-9 inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-sm px-3 text-14 font-medium text-soft hover:bg-bg hover:text-text noscript:hidden sm:order-none sm:ms-0"
            >
              <Icon name="plus" size={18} />
              {words.addLesson}
            </Button>
          )}
        </>
      )}
      {open === 'add' ? (
        <div className="order-last flex basis-full p-3 ps-11">
          <TitleForm
            label={fill(words.newLessonLabel, { title })}
            showLabel
            submit={words.add}
            cancel={words.done}
            needed={words.titleNeeded}
            again
            onSubmit={(lesson) => actions.addTo(id, lesson)}
            onCancel={actions.close}
          />
        </div>
      ) : null}
    </Row>
  )
}

function Facts({ lesson, words }: { lesson: OutlineLesson; words: OutlineWords }) {
  const { duration, hasVideo, hasText, preview, held } = lesson
  const minutes = duration === null ? null : String(Math.max(1, Math.round(duration / 60)))
  const facts = [
    hasVideo ? words.video : null,
    minutes === null ? null : fill(words.minutes, { minutes }),
    preview ? words.preview : null,
    held ? words.held : null,
    hasText || hasVideo ? null : words.unwritten,
  ].filter((fact) => fact !== null)
  return facts.length === 0 ? null : <span className="text-12 text-soft">{facts.join(' · ')}</span>
}

/** The line of a lesson: the way into its editor. */
export function LessonRow({
  lesson,
  href,
  words,
  actions,
  menus,
  open,
}: Props & { lesson: OutlineLesson; href: string }) {
  const { id, title } = lesson
  const thing: Thing = { kind: 'lesson', id, title }
  return (
    <Row thing={thing} name={fill(words.lessonRow, { title })} words={words} menus={menus} nested>
      {open === 'rename' ? (
        <Rename thing={thing} words={words} actions={actions} />
      ) : (
        <a
          href={href}
          className="flex min-h-11 min-w-0 grow basis-40 flex-col justify-center rounded-sm py-1.5 wrap-anywhere underline-offset-2 hover:underline"
        >
          {title}
          <Facts lesson={lesson} words={words} />
        </a>
      )}
    </Row>
  )
}
