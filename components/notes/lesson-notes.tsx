import type { LessonView } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import type { NoteView } from '#lib/notes/contract'
import type { NoteActions, NoteWords } from './contract'
import { Notes } from './notes'

function wordsOf(locale: string, film: boolean): NoteWords {
  const t = translator(locale, 'notes')
  return {
    open: t('open'),
    count: t('openCount', { count: '{count}' }),
    title: t('title'),
    private: t('private'),
    close: t('close'),
    emptyTitle: t('emptyTitle'),
    emptyBody: film ? t('emptyBody') : t('emptyBodyPlain'),
    newNote: t('new'),
    about: t('about'),
    aboutLesson: t('aboutLesson'),
    aboutSecond: t('aboutSecond', { time: '{time}' }),
    aboutPassage: t('aboutPassage'),
    noteAt: t('noteAt', { time: '{time}' }),
    noteSelection: t('noteSelection'),
    save: t('save'),
    saving: t('saving'),
    saved: t('saved'),
    cancel: t('cancel'),
    edit: t('edit'),
    editOf: t('editOf', { start: '{start}' }),
    body: t('body'),
    saveChange: t('saveChange'),
    remove: t('delete'),
    removeOf: t('deleteOf', { start: '{start}' }),
    removed: t('deleted'),
    undo: t('undo'),
    goTo: t('goTo'),
    play: t('play', { time: '{time}' }),
    changed: t('changed'),
    exportAll: t('export'),
    unreachable: t('unreachable'),
    needed: t('needed'),
  }
}

/** A reader's own notes beside a lesson. */
export function LessonNotes({
  locale,
  lesson,
  readerId,
  notes,
  actions,
}: {
  locale: string
  lesson: LessonView
  readerId: string
  notes: readonly NoteView[]
  actions: NoteActions
}) {
  const words = wordsOf(locale, lesson.video !== null)
  const of = { courseId: lesson.courseId, lessonId: lesson.id, readerId, locale, actions, words }
  return <Notes of={of} notes={notes} />
}
