import { Icon } from './icon'

const STATES = {
  ok: { bar: 'bg-accent-9', word: 'text-soft', icon: null },
  near: { bar: 'bg-warn', word: 'text-warn', icon: 'warning' },
  over: { bar: 'bg-bad', word: 'text-bad', icon: 'alert' },
} as const

/**
 * How much of a limit is used. The words carry it: `text` says both numbers, `note` what the state means, and the
 * bar only shows it. A `max` of null is no limit, and no bar.
 */
export function Meter({
  label,
  text,
  value,
  max,
  state,
  note,
}: {
  label: string
  /** “41 of 50 people”. */
  text: string
  value: number
  max: number | null
  state: keyof typeof STATES
  /** Required reading unless the state is ok: “Nearly full. …”. */
  note?: string | undefined
}) {
  const look = STATES[state]
  const share = max === null ? 0 : max > 0 ? Math.min(100, (Math.max(0, value) / max) * 100) : 100
  return (
    <div>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-14">
        <span className="font-medium">{label}</span>
        <span className="tabular-nums text-soft">{text}</span>
      </p>
      {max === null ? null : (
        <div
          aria-hidden="true"
          className="mt-2 h-1.5 overflow-hidden rounded-full bg-line forced-colors:border"
        >
          <div
            className={`h-full rounded-full forced-colors:bg-[CanvasText] ${look.bar}`}
            style={{ inlineSize: `${share}%` }}
          />
        </div>
      )}
      {note === undefined ? null : (
        <p className={`mt-2 flex items-start gap-2 text-14 ${look.word}`}>
          {look.icon === null ? null : <Icon name={look.icon} size={16} className="mt-0.5" />}
          {note}
        </p>
      )}
    </div>
  )
}
