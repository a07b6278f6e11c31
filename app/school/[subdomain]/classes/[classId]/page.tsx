import { schoolRefusal } from '#app/refusals'
import { OwnClassPage } from '#components/classes/own-class-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { classPath } from '#lib/classes/contract'
import { loadOwnClass } from '#lib/classes/load-classes'
import { z } from 'zod'

const own = page({
  id: 'school.class',
  access: anyPerson('The enrollment decides which classes there are; of other courses they are a 404.'),
  refused: schoolRefusal,
  params: classPath,
  search: z.strictObject({}),
  load: async ({ db, school, params, actor }) => {
    const { userId, timeZone, permissions } = person(actor)
    const everyCourse = permissions.has('course:edit-any')
    const view = await loadOwnClass(db, { ...params, userId, everyCourse, timeZone: school.timeZone })
    return { view, ownZone: timeZone ?? school.timeZone }
  },
  metadata: ({ view }, { school }) => ({
    title: `${view.title} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ view, ownZone }, { school }) => (
    <OwnClassPage locale={school.locale} view={view} ownZone={ownZone} />
  ),
})

export default own.Page
export const generateMetadata = own.generateMetadata
