import type { ReactNode } from 'react'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Icon, type IconName } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { ExamIntro } from '#lib/exams/contract/learner'
import { exactDurationInWords } from '#lib/i18n/duration'
import { examWords } from '#lib/i18n/exam-words'
import { formattingLocale } from '#lib/i18n/locales'
import { translator } from '#lib/i18n/translate'
import { Door } from './door'
import { ExamFacts } from './exam-facts'
import { PastAttempts } from './past-attempts'
import { momentIn, momentWithZone } from './when'

type Props = Readonly<{ locale: string; timeZone: string; exam: ExamIntro }>

/** Why it can't be begun now, what and when; null where it can. */
function Closed({ locale, timeZone, exam }: Props) {
  const t = translator(locale, 'examPage')
  const { entrance, opensAt, closesAt, attemptsUsed } = exam
  const at = (moment: Date | null): string =>
    moment === null ? '' : momentWithZone(locale, timeZone, moment)
  switch (entrance) {
    case 'early':
      return (
        <Notice tone="info" title={t('notYet')}>
          {t('notYetBody', { when: at(opensAt) })}
        </Notice>
      )
    case 'closed':
      return (
        <Notice tone="info" title={t('closed')}>
          {t('closedBody', { when: at(closesAt) })}
        </Notice>
      )
    case 'used-up':
      return (
        <Notice tone="info" title={t('noneLeft')}>
          {t('noneLeftBody', { count: attemptsUsed })}
        </Notice>
      )
    case 'empty':
      return <Notice tone="info" title={t('noQuestions')} />
    case 'open':
    case 'running':
      return null
  }
}

function Aside({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className="flex gap-3">
      <Icon name={icon} size={18} className="mt-0.5 text-soft" />
      <div className="min-w-0">
        <h2 className="text-14 font-semibold">{title}</h2>
        <p className="mt-1 text-14 text-soft">{children}</p>
      </div>
    </div>
  )
}

function Head({ locale, timeZone, exam }: Props) {
  const t = translator(locale, 'examPage')
  const { running } = exam
  return (
    <>
      <h1 className="font-reading text-28 font-medium tracking-[-0.01em] wrap-break-word sm:text-36">
        {exam.title}
      </h1>
      <div className="mt-6 flex flex-col gap-6">
        {running === null ? null : (
          <Notice tone="warn" title={t('running')}>
            {t('runningBody', {
              started: momentIn(locale, timeZone, running.startedAt),
              deadline: momentWithZone(locale, timeZone, running.deadlineAt),
            })}
          </Notice>
        )}
        <Closed locale={locale} timeZone={timeZone} exam={exam} />
        {exam.instructions === null ? null : (
          <section aria-labelledby="instructions">
            <h2 id="instructions" className="text-14 font-semibold">
              {t('instructions')}
            </h2>
            <p className="mt-2 max-w-[68ch] font-reading text-18 whitespace-pre-line wrap-anywhere">
              {exam.instructions}
            </p>
          </section>
        )}
        <ExamFacts locale={locale} timeZone={timeZone} exam={exam} />
      </div>
    </>
  )
}

function actionOf(t: ReturnType<typeof translator<'examPage'>>, exam: ExamIntro): string {
  if (exam.entrance === 'running') return t('continue')
  return exam.attemptsUsed > 0 ? t('again') : t('start')
}

/** An exam before it is begun, and what came of it afterwards; while it is written the room stands in its place. */
export function ExamPage(props: Props) {
  const { locale, timeZone, exam } = props
  const t = translator(locale, 'examPage')
  const enters = exam.entrance === 'open' || exam.entrance === 'running'
  const minutes = exactDurationInWords(locale, exam.seconds)
  const before = (
    <>
      <Breadcrumbs
        label={translator(locale, 'course')('breadcrumb')}
        crumbs={[{ label: exam.courseTitle, href: `/courses/${exam.courseId}` }]}
      />
      <div className="mt-4 max-w-column">
        <Head {...props} />
        {enters ? (
          <div className="mt-8 flex flex-col gap-4">
            <Aside icon="shield" title={t('keptTitle')}>
              {t('keptBody')}
            </Aside>
            <Aside icon="eye" title={t('told')}>
              {t('toldBody')}
            </Aside>
          </div>
        ) : null}
      </div>
    </>
  )
  const past = <PastAttempts locale={locale} timeZone={timeZone} examId={exam.id} attempts={exam.past} />
  if (!enters) {
    return (
      <article>
        {before}
        {past}
      </article>
    )
  }
  return (
    <article>
      <Door
        examId={exam.id}
        title={exam.title}
        words={examWords(locale)}
        locale={formattingLocale(locale)}
        timeZone={timeZone}
        action={actionOf(t, exam)}
        running={exam.entrance === 'running'}
        asksCode={exam.asksCode && exam.entrance !== 'running'}
        note={exam.entrance === 'running' ? null : t('startNote', { minutes })}
        after={past}
      >
        {before}
        <noscript>
          <p className="mt-8 font-medium">{t('noScript')}</p>
        </noscript>
      </Door>
    </article>
  )
}
