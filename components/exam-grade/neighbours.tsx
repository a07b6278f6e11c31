import { Icon } from '#components/ui/icon'
import { buttonClass } from '#components/ui/button'

/** The way to what stands before and after, also by key. */
export function Neighbours({
  label,
  previous,
  next,
}: {
  label: string
  previous: Readonly<{ href: string; label: string }> | null
  next: Readonly<{ href: string; label: string }> | null
}) {
  if (previous === null && next === null) return null
  return (
    <nav aria-label={label} className="flex flex-wrap gap-2" data-chrome>
      {previous === null ? null : (
        <a href={previous.href} rel="prev" aria-keyshortcuts="p" className={buttonClass('quiet')}>
          <Icon name="chevron" size={18} className="-scale-x-100 rtl:scale-x-100" />
          {previous.label}
        </a>
      )}
      {next === null ? null : (
        <a href={next.href} rel="next" aria-keyshortcuts="n" className={buttonClass('quiet')}>
          {next.label}
          <Icon name="chevron" size={18} />
        </a>
      )}
    </nav>
  )
}
