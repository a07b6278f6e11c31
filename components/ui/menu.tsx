import type { ReactNode } from 'react'
import { buttonClass } from './button'
import { Icon, type IconName } from './icon'

const ITEM =
  'flex min-h-11 w-full items-center gap-3 rounded-sm px-3 text-start text-14 hover:bg-sunken sm:min-h-9'

/**
 * A button with more to choose from. A popover without a script: Tab walks through it, Escape closes it and returns
 * to the button. On a phone it comes up from the lower edge.
 */
export function Menu({
  id,
  label,
  text,
  children,
}: {
  /** Unique on the page. */
  id: string
  /** Names the menu, and the button if that shows only dots: “More for Ada Lovelace”. */
  label: string
  /** The button’s own words. Without them it is three dots. */
  text?: string
  children: ReactNode
}) {
  const dots = text === undefined
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={dots ? label : undefined}
        className={
          dots
            ? 'inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text sm:size-9'
            : buttonClass('quiet')
        }
      >
        {text}
        <Icon name={dots ? 'more' : 'chevron'} size={18} className={dots ? '' : 'rotate-90 rtl:rotate-90'} />
      </button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className="menu arrive rounded-md border border-line bg-surface p-2 font-normal shadow-float"
      >
        {children}
      </div>
    </>
  )
}

function ItemIcon({ name }: { name: IconName | undefined }) {
  return name === undefined ? null : <Icon name={name} size={16} className="opacity-75" />
}

/** Leads to another page. */
export function MenuLink({ href, icon, children }: { href: string; icon?: IconName; children: ReactNode }) {
  return (
    <a href={href} className={ITEM}>
      <ItemIcon name={icon} />
      {children}
    </a>
  )
}

/** Opens the popover of this id: a ConfirmForm with `trigger={null}`, standing outside of the menu. */
export function MenuOpens({
  popover,
  icon,
  risky = false,
  children,
}: {
  popover: string
  icon?: IconName
  risky?: boolean
  children: ReactNode
}) {
  return (
    <button
      type="button"
      popoverTarget={popover}
      className={`${ITEM} ${risky ? 'text-bad hover:bg-bad-tint' : ''}`}
    >
      <ItemIcon name={icon} />
      {children}
    </button>
  )
}

/** Sends the plain form around it. */
export function MenuSubmit({ icon, children }: { icon?: IconName; children: ReactNode }) {
  return (
    <button type="submit" className={ITEM}>
      <ItemIcon name={icon} />
      {children}
    </button>
  )
}
