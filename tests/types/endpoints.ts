/**
 * Compile-fail cases: an endpoint that does not say who may call it, or asks for a permission that nobody has.
 * Nothing here is ever run.
 */
import { z } from 'zod'
import { can, publicAccess } from '#lib/auth/access'
import { action, hostAction, notAudited, platformAction, realmAction } from '#lib/auth/action'
import { page, sitePage } from '#lib/auth/page'
import { hostRoute, realmRoute, route } from '#lib/auth/route'
import { AppError } from '#lib/errors'

const none = z.strictObject({})
const access = publicAccess('the catalogue is a shop window')
const audit = notAudited('changes nothing')
const answer = () => Promise.resolve(new Response())
const aPage = { id: 'x', params: none, search: none, load: () => Promise.resolve(1) }
const shown = {
  metadata: () => ({}),
  render: () => null,
  refused: { metadata: () => ({}), render: () => null },
}

export const allowed = (): unknown => [
  page({ ...aPage, ...shown, access }),
  sitePage({ ...aPage, ...shown, access }),
  action({ id: 'x', access: can('course:edit'), input: none, audit, run: () => Promise.resolve() }),
  hostAction({ id: 'x', access, input: none, audit, run: () => Promise.resolve() }),
  realmAction({ id: 'x', access, input: none, run: () => Promise.resolve() }),
  platformAction({ id: 'x', access, input: none, run: () => Promise.resolve() }),
  route({ id: 'x', access, query: none, params: none, run: answer }),
  hostRoute({ id: 'x', access, query: none, run: answer }),
  realmRoute({ id: 'x', access, query: none, params: none, run: answer }),
]

export const refused = (): unknown => [
  // @ts-expect-error TS2345: a page says who may see it
  page({ ...aPage, ...shown }),
  // @ts-expect-error TS2345: on the root host too
  sitePage({ ...aPage, ...shown }),
  // @ts-expect-error TS2345: an action says who may call it
  action({ id: 'x', input: none, audit, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: on every host
  hostAction({ id: 'x', input: none, audit, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: for oneself
  realmAction({ id: 'x', input: none, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: and in the platform's console
  platformAction({ id: 'x', input: none, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: a route says who may call it
  route({ id: 'x', query: none, params: none, run: answer }),
  // @ts-expect-error TS2345: on every host
  hostRoute({ id: 'x', query: none, run: answer }),
  // @ts-expect-error TS2345: on schools' and the platform's
  realmRoute({ id: 'x', query: none, params: none, run: answer }),
  // @ts-expect-error TS2322: undefined is no answer to the question
  route({ id: 'x', access: undefined, query: none, params: none, run: answer }),
  // @ts-expect-error TS2554: being public has a reason
  route({ id: 'x', access: publicAccess(), query: none, params: none, run: answer }),
  // @ts-expect-error TS2345: a permission that is not in the table can't be asked for
  route({ id: 'x', access: can('course:destroy'), query: none, params: none, run: answer }),
  // @ts-expect-error TS2345: an action parses its input
  action({ id: 'x', access, audit, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: and leaves an audit row, or says why not
  action({ id: 'x', access, input: none, run: () => Promise.resolve() }),
  // @ts-expect-error TS2345: a refusal has a known code
  new AppError('teapot', 'unheard of'),
]
