import 'server-only'
import type { NoteRow } from '#lib/db/queries/notes'
import type { NoteView } from './contract'

/** A note's row as its author's page shows it. */
export function noteOf({ createdAt, ...note }: NoteRow): NoteView {
  return { ...note, writtenAt: createdAt.toISOString() }
}
