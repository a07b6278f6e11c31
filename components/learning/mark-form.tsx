import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import type { LessonView } from '#lib/catalog/contract'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

type Props = { locale: string; lesson: LessonView; mark: FormAction }

/** What is still asked of the learner, where the lesson completes itself. */
function Asked({ locale, lesson }: Omit<Props, 'mark'>) {
  const t = translator(locale, 'learn.lesson')
  const { learner, durationSeconds } = lesson
  if (learner === null || learner.done || learner.rule === 'MARKED') return null
  if (learner.rule === 'VIEWED') return <p className="text-14 text-soft">{t('viewed')}</p>
  return (
    <p className="text-14 text-soft">
      {t('watch', { percent: learner.percent })}{' '}
      {t('watched', {
        watched: durationInWords(locale, learner.watchedSeconds),
        total: durationInWords(locale, durationSeconds ?? 0),
      })}
    </p>
  )
}

/** How a lesson ends for its learner: their word that it is done, and the way to the next one. */
export function MarkForm({ locale, lesson, mark }: Props) {
  const t = translator(locale, 'learn.lesson')
  const { learner, next } = lesson
  if (learner === null) return null
  const values = { courseId: lesson.courseId, lessonId: lesson.id }
  if (learner.done) {
    return (
      <div className="mt-12 flex flex-wrap items-center justify-between gap-3" data-chrome>
        <p className="flex items-center gap-2 text-good">
          <Icon name="check-circle" size={18} />
          {t('completed')}
        </p>
        {learner.rule === 'MARKED' ? (
          <ActionForm
            action={mark}
            submit={t('unmark')}
            submitLook="quiet"
            pendingLabel={t('marking')}
            messages={formWords(locale)}
          >
            <HiddenFields values={{ ...values, done: 'no' }} />
          </ActionForm>
        ) : null}
      </div>
    )
  }
  return (
    <div className="mt-12" data-chrome>
      <Asked locale={locale} lesson={lesson} />
      {learner.rule === 'MARKED' ? (
        <ActionForm
          action={mark}
          submit={next === null ? t('mark') : t('markNext')}
          pendingLabel={t('marking')}
          messages={formWords(locale)}
          submitShortcut="mark-done"
        >
          <HiddenFields values={{ ...values, done: 'yes', ...(next === null ? {} : { next: next.id }) }} />
        </ActionForm>
      ) : null}
    </div>
  )
}
