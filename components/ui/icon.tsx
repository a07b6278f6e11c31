import type { ICON_NAMES } from './icon-names'

export type IconName = (typeof ICON_NAMES)[number]

/** Pixels to a side. */
type IconSize = 14 | 16 | 18 | 20 | 22 | 24

/**
 * One outline icon in the colour of its text. Always silent to assistive technology, being empty: the words beside
 * it, or the label of the control around it, carry the meaning. `chevron` and `arrow` point along the reading
 * direction and turn in right-to-left pages.
 */
export function Icon({
  name,
  size = 20,
  className = '',
}: {
  name: IconName
  size?: IconSize
  className?: string
}) {
  // Twenty is what `.icon` alone is.
  const classes = ['icon', `i-${name}`, size === 20 ? '' : `i-${String(size)}`, className]
  return <span className={classes.filter((one) => one !== '').join(' ')} />
}
