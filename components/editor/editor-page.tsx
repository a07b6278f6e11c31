import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { LessonToEdit } from '#lib/editor/contract'
import { editorWords } from '#lib/i18n/editor-words'
import { translator } from '#lib/i18n/translate'
import { LessonEditor } from './lesson-editor'

/** The page on which a lesson is written. */
export function EditorPage({ locale, lesson }: { locale: string; lesson: LessonToEdit }) {
  const t = translator(locale, 'editor')
  const words = editorWords(locale)
  const { courseId, courseTitle, lessonId, state } = lesson
  return (
    <>
      <h1 className="sr-only">{t('title', { title: state.title })}</h1>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Breadcrumbs
          label={t('crumbs')}
          crumbs={[
            { label: t('teach'), href: '/teach' },
            { label: courseTitle, href: `/teach/courses/${courseId}` },
          ]}
        />
        <a
          href={`/teach/courses/${courseId}/preview/${lessonId}`}
          className="inline-flex min-h-11 items-center gap-2 text-14 text-accent-11 underline underline-offset-2"
        >
          <Icon name="eye" size={16} />
          {words.view}
        </a>
      </div>
      <noscript>
        <Notice tone="info" title={t('noScript')}>
          {t('noScriptBody')}
        </Notice>
      </noscript>
      <div className="noscript:hidden">
        <LessonEditor lesson={lesson} locale={locale} words={words} />
      </div>
    </>
  )
}
