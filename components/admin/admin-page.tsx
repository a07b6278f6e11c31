import type { ReactNode } from 'react'
import type { Permission } from '#lib/auth/permissions'
import { AdminNav, type AdminPlace } from './admin-nav'

/** What every page of the administration is shown with. */
export type AdminProps = Readonly<{
  /** BCP 47. */
  locale: string
  /** Of the reader. */
  permissions: Iterable<Permission>
}>

/** A page of the administration below its navigation. */
export function AdminPage({
  locale,
  permissions,
  current,
  children,
}: AdminProps & { current: AdminPlace; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-8 sm:gap-10">
      <AdminNav locale={locale} current={current} permissions={permissions} />
      <div>{children}</div>
    </div>
  )
}
