import { anyPerson } from '#lib/auth/access'
import { json, route } from '#lib/auth/route'
import { panelPath, panelQuery } from '#lib/tutor/contract'
import { loadPanel } from '#lib/tutor/load-panel'
import { askerOf, termsOf } from '../../../context'

/** What the panel beside a lesson shows: whether one may ask, and one's own conversations. */
export const GET = route({
  id: 'tutor.panel',
  access: anyPerson('The lesson decides; conversations are one’s own.'),
  params: panelPath,
  query: panelQuery,
  run: async ({ db, school, actor, params, query }) =>
    json(
      await loadPanel(db, { ...params, reader: askerOf(actor), school: termsOf(school), chat: query.chat }),
    ),
})
