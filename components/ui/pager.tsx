import { Icon } from './icon'
import { buttonClass } from './button'

/**
 * The way through a keyset-paged list: links, so that each page has an address and the browser's own history
 * works. Renders nothing when there is only one page.
 */
export function Pager({
  label,
  previous,
  next,
}: {
  label: string
  previous: { href: string; label: string } | null
  next: { href: string; label: string } | null
}) {
  if (previous === null && next === null) return null
  return (
    <nav aria-label={label} className="flex flex-wrap gap-3" data-chrome>
      {previous === null ? null : (
        <a href={previous.href} rel="prev" className={buttonClass('quiet')}>
          <Icon name="chevron" size={18} className="-scale-x-100 rtl:scale-x-100" />
          {previous.label}
        </a>
      )}
      {next === null ? null : (
        <a href={next.href} rel="next" className={`${buttonClass('quiet')} ms-auto`}>
          {next.label}
          <Icon name="chevron" size={18} />
        </a>
      )}
    </nav>
  )
}
