import { About } from '#components/ui/about'
import { LinkButton } from '#components/ui/link-button'
import { StatusBadge } from '#components/ui/status-badge'
import type { OwnAttempt } from '#lib/exams/contract/learner'
import { translator } from '#lib/i18n/translate'
import { momentIn, percentOf, pointsIn } from './when'

type Place = Readonly<{ locale: string; timeZone: string }>

function endText({ locale, timeZone }: Place, { submittedAt, endedBy }: OwnAttempt): string {
  const t = translator(locale, 'examPage')
  if (submittedAt === null) return ''
  const when = momentIn(locale, timeZone, submittedAt)
  if (endedBy === 'DEADLINE') return t('handedInByTime', { when })
  return endedBy === 'INSTRUCTOR' ? t('handedInByOther', { when }) : t('handedIn', { when })
}

function Score({ locale, attempt }: { locale: string; attempt: OwnAttempt }) {
  const t = translator(locale, 'examPage')
  const { score, maxScore, review, passed } = attempt
  if (score === null || maxScore === null) {
    const reason = review.reason === 'open' ? 'not-graded' : review.reason
    return <p className="text-14 text-soft">{t(`hidden.${reason}`)}</p>
  }
  const percent = percentOf(score, maxScore)
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-medium tabular-nums">
        {t('score', { score: pointsIn(locale, score), max: pointsIn(locale, maxScore) })}
        {percent === null ? null : <span className="text-soft"> · {t('percent', { percent })}</span>}
      </span>
      {passed === null ? null : (
        <StatusBadge tone={passed ? 'good' : 'bad'} icon={passed ? 'check-circle' : 'x-circle'}>
          {passed ? t('passed') : t('failed')}
        </StatusBadge>
      )}
    </p>
  )
}

/** What was handed in so far, with results as far as they may be seen. */
export function PastAttempts({
  locale,
  timeZone,
  examId,
  attempts,
}: Place & Readonly<{ examId: string; attempts: readonly OwnAttempt[] }>) {
  const t = translator(locale, 'examPage')
  if (attempts.length === 0) return null
  return (
    <section aria-labelledby="past" className="mt-12 max-w-column">
      <h2 id="past" className="font-reading text-22 font-medium">
        {t('past')}
      </h2>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {attempts.map((attempt) => (
          <li key={attempt.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium">{t('attempt', { number: attempt.number })}</span>
                {attempt.counts && attempts.length > 1 ? (
                  <StatusBadge tone="info" icon="check">
                    {t('countsNow')}
                  </StatusBadge>
                ) : null}
                <span className="text-14 text-soft">{endText({ locale, timeZone }, attempt)}</span>
              </p>
              <div className="mt-1">
                <Score locale={locale} attempt={attempt} />
              </div>
            </div>
            {attempt.review.score || attempt.review.answers || attempt.review.key ? (
              <LinkButton href={`/exams/${examId}/attempts/${attempt.id}`} look="quiet" size="small">
                {t('see')}
                <About>{t('attempt', { number: attempt.number })}</About>
              </LinkButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
