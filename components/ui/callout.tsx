import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

const KINDS = {
  note: { icon: 'note', look: 'bg-info-tint border-info text-info' },
  tip: { icon: 'tip', look: 'bg-good-tint border-good text-good' },
  warning: { icon: 'warning', look: 'bg-warn-tint border-warn text-warn' },
} as const satisfies Record<string, { icon: IconName; look: string }>

/** A remark beside the main text. `title` says in a word what kind it is, since colour alone must not. */
export function Callout({
  kind,
  title,
  children,
}: {
  kind: keyof typeof KINDS
  title: string
  children: ReactNode
}) {
  const { icon, look } = KINDS[kind]
  return (
    <aside aria-label={title} className={`rounded-sm border-s-2 p-4 ${look}`}>
      <p className="flex items-center gap-2 font-sans text-14 font-semibold">
        <Icon name={icon} size={18} />
        {title}
      </p>
      <div className="mt-2 text-text">{children}</div>
    </aside>
  )
}
