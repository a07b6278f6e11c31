import type { ReactNode } from 'react'
import { SchoolMark } from '#components/shell/school-mark'
import { CoverArt } from '#components/ui/cover-art'
import type { Door } from '#lib/identity/contract'

/** A page of signing in: one form, and beside it whose door this is. On a phone the drawing is a band above. */
export function AuthFrame({
  door,
  title,
  intro,
  notice = null,
  children,
}: {
  door: Door
  title: string
  intro?: ReactNode
  /** What happened just before. */
  notice?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="mx-auto w-full max-w-note overflow-hidden rounded-md border border-line bg-surface lg:grid lg:max-w-page lg:grid-cols-2">
      <div className="relative h-20 lg:order-last lg:h-auto" data-chrome>
        <div className="absolute inset-0">
          <CoverArt seed={door.subdomain} />
        </div>
        <p className="absolute inset-s-6 inset-be-6 hidden max-w-[calc(100%-3rem)] items-center gap-3 rounded-sm bg-surface py-3 ps-3 pe-5 lg:flex">
          <SchoolMark name={door.name} logoUrl={door.logoUrl} />
          <span className="min-w-0 font-reading text-18 font-medium">{door.name}</span>
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-6 p-5 sm:p-8 lg:min-h-[36rem] lg:justify-center lg:p-12">
        {notice}
        <div>
          <h1 className="font-reading text-28 font-medium tracking-[-0.01em] wrap-break-word">{title}</h1>
          {intro === undefined ? null : <div className="mt-3 max-w-note text-soft">{intro}</div>}
        </div>
        {children}
      </div>
    </div>
  )
}
