import { expect, test } from 'vitest'
import { rows } from '#lib/db/handle'
import { findSchoolBySubdomain } from '#lib/db/platform'
import { sql } from '#lib/db/sql'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'

// Empty addresses are as good as none: there is the superuser's DATABASE_URL and nothing else.
const { owner } = await testDatabase({ APP_DATABASE_URL: '', PLATFORM_DATABASE_URL: '' })

test('without logins of their own, connections take the walled roles at their start', async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}s`)
  }
  const seen = await withTenant('north', async (db) => ({
    who: await rows(db, sql`select current_user as role, session_user as login`),
    people: await rows(db, sql`select id from "User"`),
  }))
  expect(seen).toEqual({ who: [{ role: 'smartlms_app', login: 'postgres' }], people: [{ id: 'norths0' }] })
  expect(await findSchoolBySubdomain('south')).toMatchObject({ id: 'south' })
})
