import 'server-only'
import type { Reader } from '#lib/db/queries/catalog'
import type { Actor } from './actor'

/** The actor as the catalogue's queries know them: what is open to somebody is decided beside the rows. */
export function readerOf(actor: Actor): Reader {
  return actor.kind === 'anonymous' || actor.mustSetUp
    ? null
    : { userId: actor.userId, everyCourse: actor.permissions.has('course:edit-any') }
}
