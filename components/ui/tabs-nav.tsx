type Tab = Readonly<{ href: string; label: string; current: boolean; count?: number }>

/** The parts of one place, each a page of its own. On a narrow screen the line scrolls sideways. */
export function TabsNav({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="tabs-nav" data-chrome>
      <ul className="flex gap-6">
        {tabs.map((tab) => (
          <li key={tab.href} className="shrink-0">
            <a
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className="inline-flex min-h-11 items-center gap-2 whitespace-nowrap border-b-2 border-transparent text-14 font-medium text-soft hover:border-edge hover:text-text aria-[current]:border-accent-9 aria-[current]:text-text"
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="rounded-full bg-sunken px-2 text-12 tabular-nums">{tab.count}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
