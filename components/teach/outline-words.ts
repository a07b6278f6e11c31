import { translator } from '#lib/i18n/translate'

/** Gaps that the browser fills in by itself: it has no catalogue. */
const GAPS = {
  title: '{title}',
  module: '{module}',
  number: '{number}',
  reason: '{reason}',
  minutes: '{minutes}',
}

/** All that the outline's editor says, with gaps for titles. */
export function outlineWords(locale: string, courseTitle: string) {
  const t = translator(locale, 'teach.outline')
  return {
    list: t('list', { title: courseTitle }),
    ...{ emptyTitle: t('emptyTitle'), emptyBody: t('emptyBody') },
    ...{ addModuleLabel: t('addModuleLabel'), addModule: t('addModule') },
    ...{ addLesson: t('addLesson'), addLessonTo: t('addLessonTo', GAPS) },
    ...{ newLessonLabel: t('newLessonLabel', GAPS), newLesson: t('newLesson') },
    ...{ add: t('add'), done: t('done'), save: t('save'), cancel: t('cancel') },
    ...{ titleOf: t('titleOf', GAPS), moduleRow: t('moduleRow', GAPS), lessonRow: t('lessonRow', GAPS) },
    ...{ drag: t('drag', GAPS), menu: t('menu', GAPS) },
    ...{ rename: t('rename'), up: t('up'), down: t('down'), moveTo: t('moveTo') },
    ...{ remove: t('remove'), undo: t('undo') },
    ...{ video: t('video'), preview: t('preview'), held: t('held'), unwritten: t('unwritten') },
    minutes: t('minutes', GAPS),
    ...{ added: t('said.added', GAPS), renamed: t('said.renamed', GAPS), moved: t('said.moved', GAPS) },
    ...{ movedTo: t('said.movedTo', GAPS), removed: t('said.removed', GAPS), undone: t('said.undone') },
    ...{ conflict: t('conflict'), failed: t('failed', GAPS), unreachable: t('unreachable') },
    titleNeeded: t('titleNeeded'),
  }
}

export type OutlineWords = ReturnType<typeof outlineWords>
