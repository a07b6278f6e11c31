'use client'

import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Header } from 'react-aria-components/Header'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { Icon, type IconName } from '#components/ui/icon'
import { Kbd } from '#components/ui/kbd'
import type { PaletteEntry, PaletteLabels } from './contract'
import { useSchoolSearch } from './use-school-search'

function Section({ title, entries, icon }: { title: string; entries: PaletteEntry[]; icon: IconName }) {
  return (
    <MenuSection>
      <Header className="px-3 pt-3 pb-1 text-12 font-semibold text-soft">{title}</Header>
      {entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          href={entry.href}
          textValue={entry.label}
          className="flex min-h-11 items-center gap-3 rounded-sm px-3 text-16 outline-none data-focused:bg-accent-4 data-focused:text-accent-12"
        >
          <Icon name={icon} size={18} className="text-soft" />
          <span className="truncate">
            {entry.label}
            {entry.of === undefined ? null : <span className="text-14 text-soft"> · {entry.of}</span>}
          </span>
        </MenuItem>
      ))}
    </MenuSection>
  )
}

function Hints({ labels }: { labels: PaletteLabels }) {
  return (
    <p
      aria-hidden="true"
      className="hidden gap-4 border-t border-line px-4 py-2 text-12 text-soft sm:flex [&>span]:flex [&>span]:items-center [&>span]:gap-1"
    >
      <span>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {labels.move}
      </span>
      <span>
        <Kbd>↵</Kbd> {labels.open}
      </span>
      <span>
        <Kbd>Esc</Kbd> {labels.leave}
      </span>
    </p>
  )
}

function Finder({ pages, labels }: { pages: PaletteEntry[]; labels: PaletteLabels }) {
  const [query, setQuery] = useState('')
  const q = query.trim()
  const { state, courses, exams, lessons } = useSchoolSearch(q)
  const found = pages.filter((page) => page.label.toLocaleLowerCase().includes(q.toLocaleLowerCase()))
  const nothing = state === 'ready' && found.length + courses.length + exams.length + lessons.length === 0
  const note = state === 'failed' ? labels.failed : nothing ? labels.nothing : ''
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <div className="flex items-center border-b border-line ps-4 pe-2">
        <Icon name="search" size={20} className="text-soft" />
        <SearchField aria-label={labels.title} autoFocus className="min-w-0 grow">
          <Input
            placeholder={labels.placeholder}
            maxLength={100}
            className="min-h-14 w-full bg-transparent px-3 text-18 outline-none placeholder:text-soft [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        <Button
          slot="close"
          aria-label={labels.close}
          className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
        >
          <Icon name="close" />
        </Button>
      </div>
      <Menu
        aria-label={labels.title}
        className="max-h-[min(50dvh,24rem)] overflow-y-auto p-2 pt-0 outline-none"
      >
        {found.length > 0 ? <Section title={labels.pages} entries={found} icon="arrow" /> : null}
        {courses.length > 0 ? <Section title={labels.courses} entries={courses} icon="book-open" /> : null}
        {exams.length > 0 ? <Section title={labels.exams} entries={exams} icon="exam" /> : null}
        {lessons.length > 0 ? <Section title={labels.lessons} entries={lessons} icon="reading" /> : null}
      </Menu>
      <p role="status" className={note === '' ? 'sr-only' : 'px-6 pb-6 text-14 text-soft'}>
        {state === 'loading' ? labels.loading : note}
      </p>
    </Autocomplete>
  )
}

/** The palette itself. It keeps nothing: each opening starts empty. */
export function PaletteDialog({
  open,
  onOpenChange,
  pages,
  labels,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  pages: PaletteEntry[]
  labels: PaletteLabels
}) {
  return (
    <ModalOverlay
      isDismissable
      isOpen={open}
      onOpenChange={onOpenChange}
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim px-3 pt-[12dvh]"
    >
      <Modal className="arrive w-full max-w-palette overflow-hidden rounded-md border border-line bg-surface shadow-float">
        <Dialog aria-label={labels.title} className="outline-none">
          {/* One Escape closes, typed text or not: the field would keep the first one to empty itself. */}
          <div
            onKeyDownCapture={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              onOpenChange(false)
            }}
          >
            <Finder pages={pages} labels={labels} />
            <Hints labels={labels} />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
