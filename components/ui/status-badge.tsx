import { Icon, type IconName } from './icon'

const TONES = {
  neutral: 'bg-sunken text-soft',
  info: 'bg-info-tint text-info',
  good: 'bg-good-tint text-good',
  warn: 'bg-warn-tint text-warn',
  bad: 'bg-bad-tint text-bad',
} as const

export type Tone = keyof typeof TONES

/** The state of one thing among many: a word, with an icon or a dot to find it by. */
export function StatusBadge({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap @max-[36rem]:whitespace-normal rounded-sm px-2 py-0.5 text-12 font-medium forced-colors:border ${TONES[tone]}`}
    >
      {icon === undefined ? (
        <span aria-hidden="true" className="size-1.5 rounded-full bg-current forced-colors:bg-[CanvasText]" />
      ) : (
        <Icon name={icon} size={14} />
      )}
      {children}
    </span>
  )
}
