import { Icon } from './icon'

type Crumb = { label: string; href: string }

/** The way back up. The page itself is not a crumb: its heading follows directly. */
export function Breadcrumbs({ label, crumbs }: { label: string; crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={label} data-chrome>
      <ol className="flex flex-wrap items-center gap-x-1 text-14 text-soft">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex items-center gap-1">
            {index > 0 ? <Icon name="chevron" size={16} /> : null}
            <a
              href={crumb.href}
              className="inline-flex min-h-11 items-center hover:text-text hover:underline sm:min-h-6"
            >
              {crumb.label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
