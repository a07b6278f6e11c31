import { forgetTutorChats } from '#app/actions/tutor'
import { schoolRefusal } from '#app/refusals'
import { ConversationsPage } from '#components/tutor/conversations-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { conversationSearch, coursePath } from '#lib/tutor/contract'
import { loadConversations } from '#lib/tutor/load-conversations'

const conversations = page({
  id: 'school.tutor',
  access: anyPerson('One’s own conversations, in courses that one learns or teaches in.'),
  refused: schoolRefusal,
  params: coursePath,
  search: conversationSearch,
  load: async ({ db, school, params, search, actor }) => {
    const { userId, permissions } = person(actor)
    const everyCourse = permissions.has('course:edit-any')
    return loadConversations(db, { ...params, userId, everyCourse, chat: search.chat, school })
  },
  metadata: ({ courseTitle }, { school }) => ({
    title: `${translator(school.locale, 'tutor.own')('titleOf', { course: courseTitle })} · ${school.name}`,
  }),
  render: (view, { school, search }) => (
    <ConversationsPage
      locale={school.locale}
      view={view}
      done={search.done === 'deleted'}
      forget={forgetTutorChats}
    />
  ),
})

export default conversations.Page
export const generateMetadata = conversations.generateMetadata
