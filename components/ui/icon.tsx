import { SHAPES } from './icon-shapes'

export type IconName = keyof typeof SHAPES

/**
 * One 24-unit outline icon, as large as its text unless `size` (in pixels) says otherwise. Always silent to
 * assistive technology: the words beside it, or the label of the control around it, carry the meaning.
 * `chevron` and `arrow` point along the reading direction and turn in right-to-left pages.
 */
export function Icon({
  name,
  size = 20,
  className = '',
}: {
  name: IconName
  size?: number
  className?: string
}) {
  const turns = name === 'chevron' || name === 'arrow' ? 'rtl:-scale-x-100' : ''
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${turns} ${className}`}
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}
