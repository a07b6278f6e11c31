import { joinLeaderboard, leaveLeaderboard } from '#app/actions/motivation'
import { schoolRefusal } from '#app/refusals'
import { LeaderboardPage } from '#components/leaderboard/leaderboard-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { boardPath, boardSearch } from '#lib/leaderboard/contract'
import { loadBoard } from '#lib/leaderboard/load-board'
import { translator } from '#lib/i18n/translate'

const leaderboard = page({
  id: 'school.leaderboard',
  access: anyPerson('The resource decides: whoever is enrolled in a course with a leaderboard.'),
  refused: schoolRefusal,
  params: boardPath,
  search: boardSearch,
  load: ({ db, actor, params: { courseId }, search: { by } }) => {
    const { userId, name } = person(actor)
    return loadBoard(db, { courseId, userId, ownName: name, by, now: new Date() })
  },
  metadata: ({ title }, { school }) => ({
    title: `${translator(school.locale, 'leaderboard')('titleOf', { course: title })} · ${school.name}`,
    robots: { index: false },
  }),
  render: (board, { school, search }) => (
    <LeaderboardPage
      locale={school.locale}
      board={board}
      done={search.done}
      actions={{ join: joinLeaderboard, leave: leaveLeaderboard }}
    />
  ),
})

export default leaderboard.Page
export const generateMetadata = leaderboard.generateMetadata
