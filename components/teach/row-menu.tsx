'use client'

import { Button } from 'react-aria-components/Button'
import { Header } from 'react-aria-components/Header'
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Icon, type IconName } from '#components/ui/icon'

export type MenuEntry = Readonly<{
  id: string
  label: string
  icon?: IconName
  disabled?: boolean
  run: () => void
}>

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 text-14 outline-none data-focused:bg-accent-4 data-focused:text-accent-12 data-disabled:cursor-default data-disabled:text-soft data-disabled:opacity-70'

function Item({ entry }: { entry: MenuEntry }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.disabled === true}
      onAction={entry.run}
      className={ITEM}
    >
      {entry.icon === undefined ? null : <Icon name={entry.icon} size={18} className="text-soft" />}
      <span className="wrap-anywhere">{entry.label}</span>
    </MenuItem>
  )
}

/** What can be done with one row, and where it can go: all that dragging does, without dragging. */
export function RowMenu({
  label,
  entries,
  places,
}: {
  label: string
  entries: readonly MenuEntry[]
  /** Where it can be moved to; left out when empty. */
  places: Readonly<{ label: string; entries: readonly MenuEntry[] }>
}) {
  return (
    <MenuTrigger>
      <Button
        aria-label={label}
        className="inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name="more" />
      </Button>
      <Popover
        placement="bottom end"
        className="max-w-[min(20rem,calc(100vw-2rem))] min-w-52 overflow-auto rounded-md border border-line bg-surface p-1 shadow-float"
      >
        <Menu aria-label={label} className="outline-none">
          <MenuSection>
            {entries.map((entry) => (
              <Item key={entry.id} entry={entry} />
            ))}
          </MenuSection>
          {places.entries.length === 0 ? null : (
            <MenuSection className="mt-1 border-t border-line pt-1">
              <Header className="px-3 pt-2 pb-1 text-12 font-semibold text-soft">{places.label}</Header>
              {places.entries.map((entry) => (
                <Item key={entry.id} entry={entry} />
              ))}
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
