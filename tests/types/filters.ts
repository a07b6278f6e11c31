/**
 * Compile-fail cases: an undefined value in a filter. Prisma would drop it, and the filter would match every row.
 * Nothing here is ever run.
 */
import type { Prisma } from '#lib/db/generated/client'

declare const tx: Prisma.TransactionClient
declare const tenantId: string
declare const forgotten: string | undefined

export const allowed = (): unknown => tx.course.findMany({ where: { tenantId, id: 'c1' } })

export const refused = (): unknown => [
  // @ts-expect-error TS2322: an undefined school would be every school
  tx.course.findMany({ where: { tenantId: undefined } }),
  // @ts-expect-error TS2322: one that may be undefined is no better
  tx.course.findMany({ where: { tenantId: forgotten } }),
  // @ts-expect-error TS2322: the same for the other half of the key
  tx.course.updateMany({ where: { tenantId, id: forgotten }, data: { title: 'x' } }),
  // @ts-expect-error TS2322: and for deleting
  tx.course.deleteMany({ where: { tenantId, id: forgotten } }),
]
