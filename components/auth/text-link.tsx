import type { ReactNode } from 'react'

/** A way elsewhere below a form: as tall as a thumb, as quiet as text. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 hover:underline sm:min-h-9"
    >
      {children}
    </a>
  )
}
