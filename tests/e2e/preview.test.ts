import { expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { loadWorld } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// A draft has no page in the catalogue: its preview must not lead there.

test('the preview of a draft’s lesson leads back to the outline', async () => {
  const { acme } = await loadWorld()
  const { rows } = await owner().query<{ id: string }>(
    `insert into "Lesson" ("tenantId", "moduleId", title, "order")
     select $1, m.id, 'Drafted', 999 from "Module" m where m."tenantId" = $1 and m."courseId" = $2
     order by m.id limit 1 returning id`,
    [acme.id, acme.draft],
  )
  const lessonId = rows[0]?.id ?? ''
  const headers = cookieOf(await signIn(acme.id, acme.adminId))
  const path = `/teach/courses/${acme.draft}/preview/${lessonId}`
  const { status, body } = await ask({ host: hostOf('acme'), path, headers })
  await owner().query('delete from "Lesson" where id = $1', [lessonId])
  expect(status).toBe(200)
  expect(body).toContain(`href="/teach/courses/${acme.draft}"`)
  expect(body).not.toContain(`href="/courses/${acme.draft}"`)
})
