import { switchLeaderboard, takeOffLeaderboard } from '#app/actions/motivation'
import { schoolRefusal } from '#app/refusals'
import { TaughtBoard } from '#components/leaderboard/taught-board'
import { CourseFrame } from '#components/teach/course-frame'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { getTaughtBoard } from '#lib/db/queries/leaderboard'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { boardPath, taughtSearch } from '#lib/leaderboard/contract'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

/** More than a class has. */
const PARTICIPANTS = 200

const leaderboard = page({
  id: 'teach.leaderboard',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: boardPath,
  search: taughtSearch,
  load: async ({ db, actor, params: { courseId } }) => {
    const by = authorOf(actor)
    const course = await findEditable(db, { courseId, by })
    const board = await getTaughtBoard(db, { courseId, limit: PARTICIPANTS })
    return { course: headOf(course, by, managesPeople(actor)), board }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, board }, { school, search }) => {
    const t = translator(school.locale, 'teachBoard')
    return (
      <CourseFrame
        locale={school.locale}
        course={course}
        current="leaderboard"
        intro={t('intro')}
        done={search.done === undefined ? null : t(`done.${search.done}`)}
      >
        <TaughtBoard
          locale={school.locale}
          timeZone={school.timeZone}
          courseId={course.id}
          board={board}
          actions={{ change: switchLeaderboard, remove: takeOffLeaderboard }}
        />
      </CourseFrame>
    )
  },
})

export default leaderboard.Page
export const generateMetadata = leaderboard.generateMetadata
