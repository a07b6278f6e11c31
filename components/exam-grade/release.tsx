import { momentIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { Section } from '#components/ui/section'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { AttemptsView } from '#lib/exams/contract/grading'
import { formatter, translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; exam: ExamHead; view: AttemptsView; release: FormAction }>

const SHOWN = ['score', 'answers', 'key'] as const

/** What learners get to see, as a list in words; null: nothing. */
function shownWords(locale: string, { review, timeZone }: AttemptsView): string | null {
  const t = translator(locale, 'examGrade.release')
  const shown = SHOWN.filter((one) => review[one]).map((one) => t(`what.${one}`))
  return shown.length === 0 ? null : formatter(locale, timeZone).list(shown, { type: 'conjunction' })
}

function Ask({ locale, exam, view, release, what }: Props & { what: string }) {
  const t = translator(locale, 'examGrade.release')
  const form = translator(locale, 'teach.form')
  const released = view.releasedAt !== null
  return (
    <ConfirmForm
      id="release"
      trigger={{ label: released ? t('back') : t('release'), look: released ? 'quiet' : 'primary' }}
      title={released ? t('backAsk') : t('releaseAsk')}
      consequence={released ? t('backGone') : t('releaseGone', { what, waiting: view.counts.waiting })}
      action={release}
      values={{ courseId: exam.course.id, examId: exam.id, release: released ? 'off' : 'on' }}
      submit={released ? t('back') : t('release')}
      submitLook={released ? 'danger' : 'primary'}
      pendingLabel={form('pending')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

/** Whether results are released, what that shows to whom, and the way to change it. */
export function Release(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'examGrade.release')
  const { releasedAt, review, timeZone, may } = view
  const what = shownWords(locale, view)
  // A release that was made stays to be taken back, whatever the settings have become.
  const matters = review.when === 'after-release' || releasedAt !== null
  return (
    <Section
      id="results"
      title={t('title')}
      description={
        releasedAt === null
          ? t(`not.${review.when}`)
          : t('at', { when: momentIn(locale, timeZone, releasedAt) })
      }
    >
      <p className="max-w-column">
        {what === null || review.when === 'never'
          ? t('showsNothing')
          : t(review.when === 'after-release' && releasedAt === null ? 'showsOnce' : 'shows', { what })}{' '}
        {t(`when.${review.when}`)}
      </p>
      {may && matters && what !== null ? (
        <div className="mt-4">
          <Ask {...props} what={what} />
        </div>
      ) : null}
    </Section>
  )
}
