'use server'
import { anyPerson } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { readerOf } from '#lib/auth/reader'
import { changeNote as change, deleteNote as remove } from '#lib/db/queries/notes'
import { AppError } from '#lib/errors'
import { changeNoteForm, deleteNoteForm, noteForm } from '#lib/notes/contract'
import { writeNote } from '#lib/notes/write-note'

const own = anyPerson('Everybody keeps notes of their own, beside lessons that are open to them.')

/** That a note came or went is written down; what it says, and what it is about, is its author's alone. */
const trace = (noteId: string) => ({ targetType: 'LessonNote', targetId: noteId })

/** Writes a note beside a lesson. */
export const createNote = action({
  id: 'note.create',
  access: own,
  input: noteForm,
  run: async ({ db, school, actor, input }) => {
    const reader = readerOf(actor)
    if (reader === null) throw new AppError('unauthenticated', 'Only people keep notes.')
    return writeNote(db, { reader, note: input, locale: school.locale })
  },
  audit: (_context, { id }) => trace(id),
})

/** Gives a note other words. */
export const changeNote = action({
  id: 'note.change',
  access: own,
  input: changeNoteForm,
  run: async ({ db, actor, input }) => {
    await change(db, { userId: person(actor).userId, ...input })
    return input
  },
  audit: ({ input }) => trace(input.noteId),
})

/** Deletes a note. Its author's page can bring it back for as long as it is open. */
export const deleteNote = action({
  id: 'note.delete',
  access: own,
  input: deleteNoteForm,
  run: async ({ db, actor, input }) => {
    await remove(db, { userId: person(actor).userId, ...input })
    return input
  },
  audit: ({ input }) => trace(input.noteId),
})
