import type { FormAction } from '#components/ui/form-context'
import type { NoteView } from '#lib/notes/contract'
import type { Anchor } from '#lib/notes/rules'

/** What a note in the making is about. */
export type Subject =
  | Readonly<{ kind: 'lesson' }>
  | Readonly<{ kind: 'second'; second: number }>
  | Readonly<{ kind: 'passage'; anchor: Anchor }>

export type NoteActions = Readonly<{ create: FormAction; change: FormAction; remove: FormAction }>

/** Words of the notes; `{time}`, `{start}` and `{count}` stand for what they say. */
export type NoteWords = Readonly<{
  open: string
  count: string
  title: string
  private: string
  close: string
  emptyTitle: string
  emptyBody: string
  newNote: string
  about: string
  aboutLesson: string
  aboutSecond: string
  aboutPassage: string
  noteAt: string
  noteSelection: string
  save: string
  saving: string
  saved: string
  cancel: string
  edit: string
  editOf: string
  body: string
  saveChange: string
  remove: string
  removeOf: string
  removed: string
  undo: string
  goTo: string
  play: string
  changed: string
  exportAll: string
  unreachable: string
  needed: string
}>

/** The lesson whose notes they are, and who changes them. */
export type NotesOf = Readonly<{
  courseId: string
  lessonId: string
  readerId: string
  locale: string
  actions: NoteActions
  words: NoteWords
}>

/** Notes of a page, and one that was just deleted in its place. */
export type Listed = Readonly<{ note: NoteView; deleted: boolean }>
