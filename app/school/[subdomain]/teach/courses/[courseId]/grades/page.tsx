import { changeGradeInBook } from '#app/actions/grades'
import { schoolRefusal } from '#app/refusals'
import { BookPage } from '#components/grades/book-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { listGradePeople } from '#lib/db/queries/grades'
import { findEditable } from '#lib/db/queries/teach'
import { bookSearch, gradesPath } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

/** People whose names stand on the page itself, for those without JavaScript. */
const NAMES = 200

const book = page({
  id: 'teach.grades',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: gradesPath,
  search: bookSearch,
  load: async ({ db, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return { course, people: await listGradePeople(db, { courseId, userId: null, limit: NAMES }) }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'grades')('title')} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, people }, { school, search }) => (
    <BookPage
      locale={school.locale}
      course={course}
      people={people}
      imported={search.imported === undefined ? null : Number(search.imported)}
      change={changeGradeInBook}
    />
  ),
})

export default book.Page
export const generateMetadata = book.generateMetadata
