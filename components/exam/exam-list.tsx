import { Icon } from '#components/ui/icon'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { CourseExam } from '#lib/exams/contract/learner'
import { exactDurationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import { momentIn } from './when'

type Place = Readonly<{ locale: string; timeZone: string }>

const TONES = {
  ...({ running: 'warn', open: 'good', early: 'info' } as const),
  ...({ closed: 'neutral', done: 'neutral', 'used-up': 'neutral' } as const),
} as const satisfies Record<CourseExam['state'], Tone>

function stateText({ locale, timeZone }: Place, { state, at }: CourseExam): string {
  const t = translator(locale, 'examPage.listState')
  const when = at === null ? '' : momentIn(locale, timeZone, at)
  switch (state) {
    case 'running':
      return t('running', { when })
    case 'open':
      return at === null ? t('open') : t('openUntil', { when })
    case 'early':
      return t('notYet', { when })
    case 'closed':
      return t('closed')
    case 'done':
      return t('done')
    case 'used-up':
      return t('used')
  }
}

/** A course's exams for somebody who is enrolled, each with how it stands with them. */
export function ExamList({ locale, timeZone, exams }: Place & Readonly<{ exams: readonly CourseExam[] }>) {
  const t = translator(locale, 'examPage')
  if (exams.length === 0) return null
  return (
    <section aria-labelledby="exams" className="mt-12">
      <h2 id="exams" className="font-reading text-22 font-medium">
        {t('list')}
      </h2>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {exams.map((exam) => (
          <li key={exam.id} className="relative flex gap-3 py-3 hover:bg-sunken/60">
            <Icon name="exam" size={18} className="mt-1 text-soft" />
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <a
                  href={`/exams/${exam.id}`}
                  className="min-w-0 font-medium underline decoration-line underline-offset-4 after:absolute after:inset-0 hover:decoration-current"
                >
                  {exam.title}
                </a>
                <StatusBadge tone={TONES[exam.state]}>{stateText({ locale, timeZone }, exam)}</StatusBadge>
              </p>
              <p className="text-14 text-soft">
                {t('listLength', {
                  questions: exam.questionCount,
                  minutes: exactDurationInWords(locale, exam.seconds),
                })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
