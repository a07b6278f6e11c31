/**
 * Compile-fail cases: nothing but withTenant makes a TenantDb, so no query runs without a school.
 * Nothing here is ever run. tests/architecture/compile-fail.test.ts checks that each line fails for its own reason.
 */
import type { PrismaClient } from '#lib/db/generated/client'
import { TenantDb as Sealed } from '#lib/db/handle'
import { recordAudit } from '#lib/db/queries/audit'
import { listPublishedCourses } from '#lib/db/queries/catalog'
import { TenantDb, withTenant } from '#lib/db/tenant'

declare const real: TenantDb
declare const client: PrismaClient
declare const maybe: TenantDb | undefined
const input = { q: '', cursor: null, limit: 10 }

export const allowed = (): unknown => [
  listPublishedCourses(real, input),
  withTenant('acme', (db) => listPublishedCourses(db, input)),
]

export const refused = (): unknown => [
  // @ts-expect-error TS2345: a literal is no handle
  listPublishedCourses({ tenantId: 'acme' }, input),
  // @ts-expect-error TS2345: nor is a copy of a real one
  listPublishedCourses({ ...real }, input),
  // @ts-expect-error TS2345: least of all a copy that names another school
  listPublishedCourses({ ...real, tenantId: 'other' }, input),
  // @ts-expect-error TS2345: nor what Object.assign makes of one
  listPublishedCourses(Object.assign({}, { tenantId: real.tenantId }), input),
  // @ts-expect-error TS2345: nor the raw client, which sees whatever its role sees
  listPublishedCourses(client, input),
  // @ts-expect-error TS2345: nor the name of a school
  listPublishedCourses('acme', input),
  // @ts-expect-error TS2345: nor a handle that may be missing
  listPublishedCourses(maybe, input),
  // @ts-expect-error TS2554: nor nothing
  listPublishedCourses(),
  // @ts-expect-error TS2345: writing asks for the same
  recordAudit({ tenantId: 'acme' }, { targetType: 'Course', targetId: 'c1', action: 'x', actorId: null }),
  // @ts-expect-error TS1362: features get the name of the class and not the class
  Object.create(TenantDb.prototype),
  // @ts-expect-error TS2673: and its own file keeps the constructor
  new Sealed('acme', {}),
  // @ts-expect-error TS2540: a handle keeps its school
  (real.tenantId = 'other'),
  // @ts-expect-error TS2345: a school has to be named
  withTenant(undefined, (db) => listPublishedCourses(db, input)),
  // @ts-expect-error TS2345: and null is no name
  withTenant(null, (db) => listPublishedCourses(db, input)),
]

// @ts-expect-error TS2675: nor can a class take its place
export class Forged extends Sealed {}
