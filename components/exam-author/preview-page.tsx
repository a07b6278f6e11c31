import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { DeliveredQuestion } from '#lib/exams/contract/taking'
import { exactDurationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import { PreviewAnswer } from './preview-question'

/** One attempt as a learner could get it, drawn anew each time. */
export function ExamPreviewPage({
  locale,
  exam,
  questions,
  points,
  duration,
  instructions,
}: {
  locale: string
  exam: ExamHead
  questions: readonly DeliveredQuestion[]
  points: string
  /** Minutes. */
  duration: number
  instructions: string | null
}) {
  const t = translator(locale, 'examAuthor.look')
  const crumbs = translator(locale, 'examAuthor.crumbs')
  const base = `/teach/courses/${exam.course.id}/exams`
  const path = `${base}/${exam.id}`
  const count = questions.length
  return (
    <div className="mx-auto max-w-column">
      <Breadcrumbs
        label={crumbs('label')}
        crumbs={[
          { label: exam.course.title, href: `/teach/courses/${exam.course.id}` },
          { label: crumbs('exams'), href: base },
          { label: exam.title, href: path },
        ]}
      />
      <aside
        aria-label={t('bar')}
        className="mt-2 mb-10 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-md bg-sunken px-4 py-2"
      >
        <p className="flex items-start gap-2 text-14">
          <Icon name="eye" size={16} className="mt-0.5 shrink-0 text-soft" />
          {t('note')}
        </p>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`${path}/preview`} look="plain" size="small">
            {t('again')}
          </LinkButton>
          <LinkButton href={path} look="plain" size="small">
            {t('back')}
          </LinkButton>
        </div>
      </aside>
      <h1 className="font-reading text-28 font-medium wrap-anywhere sm:text-36">{exam.title}</h1>
      <p className="mt-2 text-soft">
        {t('time', {
          questions: count,
          points: Number(points),
          time: exactDurationInWords(locale, duration * 60),
        })}
      </p>
      {instructions === null ? null : (
        <p className="mt-6 font-reading text-18 whitespace-pre-line">{instructions}</p>
      )}
      {count === 0 ? (
        <EmptyState seed={`${exam.id}:preview`} title={t('empty')} body={t('emptyBody')} />
      ) : (
        <ol className="mt-4">
          {questions.map((question, index) => (
            <li key={question.id} className="border-t border-line py-8 first:border-t-0">
              <p className="flex flex-wrap gap-x-3 text-14 font-medium text-soft">
                {t('question', { number: index + 1, count })}
                <span className="font-normal">{t('points', { points: question.points })}</span>
              </p>
              <h2 className="mt-2 mb-5 font-reading text-18 font-normal whitespace-pre-line wrap-anywhere sm:text-22 sm:leading-normal">
                {question.prompt}
              </h2>
              <PreviewAnswer locale={locale} question={question} />
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
