import type { ReactNode } from 'react'
import { setTheme } from '#app/actions/preferences'
import { BrandHead } from '#components/shell/brand-head'
import { SchoolShell } from '#components/shell/school-shell'
import { currentViewer } from '#lib/auth/viewer'
import { brandOf } from '#lib/catalog/views'
import { requestFrame, schoolOrNotFound } from '#lib/tenancy/frame'

/** The frame of a school's pages. It guards nothing: layouts don't run again on every navigation. */
export default async function SchoolLayout({ children }: { children: ReactNode }) {
  const [school, frame, viewer] = await Promise.all([schoolOrNotFound(), requestFrame(), currentViewer()])
  return (
    <>
      <BrandHead accentColor={school.accentColor} nonce={frame.nonce} />
      <SchoolShell
        brand={brandOf(school)}
        path={frame.path}
        theme={frame.theme}
        themeAction={setTheme}
        viewer={viewer}
        demo={frame.demo}
      >
        {children}
      </SchoolShell>
    </>
  )
}
