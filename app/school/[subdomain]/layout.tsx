import type { ReactNode } from 'react'
import { setTheme } from '#app/actions/preferences'
import { SchoolShell } from '#components/shell/school-shell'
import { accentCss } from '#lib/brand/accent'
import { brandOf } from '#lib/catalog/views'
import { requestFrame, schoolOrNotFound } from '#lib/tenancy/frame'

/** The frame of a school's pages. It guards nothing: layouts don't run again on every navigation. */
export default async function SchoolLayout({ children }: { children: ReactNode }) {
  const [school, frame] = await Promise.all([schoolOrNotFound(), requestFrame()])
  return (
    <>
      <style nonce={frame.nonce}>{accentCss(school.accentColor)}</style>
      <SchoolShell brand={brandOf(school)} path={frame.path} theme={frame.theme} themeAction={setTheme}>
        {children}
      </SchoolShell>
    </>
  )
}
