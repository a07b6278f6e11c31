import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

const TONES = {
  info: { icon: 'note', look: 'border-info bg-info-tint', mark: 'text-info' },
  good: { icon: 'check-circle', look: 'border-good bg-good-tint', mark: 'text-good' },
  warn: { icon: 'warning', look: 'border-warn bg-warn-tint', mark: 'text-warn' },
  bad: { icon: 'alert', look: 'border-bad bg-bad-tint', mark: 'text-bad' },
} as const satisfies Record<string, { icon: IconName; look: string; mark: string }>

/** Something to know about the page or the thing on it, with what can be done about it. */
export function Notice({
  tone,
  title,
  action,
  children,
}: {
  tone: keyof typeof TONES
  title: string
  action?: ReactNode
  children?: ReactNode
}) {
  const { icon, look, mark } = TONES[tone]
  return (
    <div className={`flex flex-wrap items-center gap-x-6 gap-y-3 rounded-sm border-s-2 p-4 ${look}`}>
      <div className="flex min-w-0 grow basis-64 gap-3">
        <Icon name={icon} size={18} className={`mt-0.5 ${mark}`} />
        <div className="min-w-0 text-14">
          <p className={`font-semibold ${mark}`}>{title}</p>
          {children === undefined ? null : <div className="mt-1 max-w-column">{children}</div>}
        </div>
      </div>
      {action}
    </div>
  )
}
