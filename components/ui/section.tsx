import type { ReactNode } from 'react'

/**
 * One subject of a settings page: what it is about beside what can be done. `id` is an anchor, and names the
 * section by its heading.
 */
export function Section({
  id,
  title,
  description,
  children,
}: {
  id: string
  title: string
  description?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid gap-x-12 gap-y-6 border-t border-line py-8 first-of-type:border-t-0 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] md:py-10"
    >
      <div>
        <h2 id={`${id}-title`} className="text-18 font-semibold">
          {title}
        </h2>
        {description === undefined ? null : (
          <div className="mt-2 max-w-note text-14 text-soft">{description}</div>
        )}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
