/** The first stop of the Tab key: past the header, to the page's own content. */
export function SkipLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      className="sr-only z-50 rounded-sm bg-surface p-3 font-medium text-accent-11 shadow-float focus:not-sr-only focus:absolute focus:inset-s-4 focus:top-3"
    >
      {children}
    </a>
  )
}
