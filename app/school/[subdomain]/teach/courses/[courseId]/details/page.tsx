import { readDetails, removeCover, saveDetails, uploadCover } from '#app/actions/teach'
import { schoolRefusal } from '#app/refusals'
import { DetailsPage } from '#components/teach/details-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { listCategories } from '#lib/db/queries/categories'
import { findEditable, getSettings } from '#lib/db/queries/teach'
import { variantUrl } from '#lib/files/rules'
import { coursePath, detailsSearch } from '#lib/teach/contract'
import { detailsOf, headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

/** Width of the cover as the page shows it, on a screen of twice the dots. */
const COVER_PIXELS = 480

const details = page({
  id: 'teach.details',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: detailsSearch,
  load: async ({ db, school, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const settings = await getSettings(db, courseId)
    const view = {
      details: detailsOf(settings),
      coverUrl: variantUrl(school.id, settings.thumbnail, COVER_PIXELS),
      categories: await listCategories(db),
    }
    return { course, view }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, view }, { school, search }) => (
    <DetailsPage
      locale={school.locale}
      schoolZone={school.timeZone}
      course={course}
      view={view}
      done={search.done}
      actions={{ save: saveDetails, read: readDetails, upload: uploadCover, removeCover }}
    />
  ),
})

export default details.Page
export const generateMetadata = details.generateMetadata
