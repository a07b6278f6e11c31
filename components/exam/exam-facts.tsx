import { DefinitionList } from '#components/ui/definition-list'
import type { ExamIntro } from '#lib/exams/contract/learner'
import { exactDurationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'
import { momentIn, pointsIn, windowText } from './when'

type Props = Readonly<{ locale: string; timeZone: string; exam: ExamIntro }>

const SHOWS = ['score', 'answers', 'key'] as const

/** What is shown afterwards and from when on, in a sentence. */
function afterwards({ locale, exam }: Props): string {
  const t = translator(locale, 'examPage')
  const { review } = exam.settings
  const shown = SHOWS.filter((what) => review[what])
  if (review.when === 'never' || shown.length === 0) return t('afterNothing')
  return t('afterBody', {
    what: formatter(locale, 'UTC').list(shown.map((what) => t(`what.${what}`))),
    when: t(`when.${review.when}`),
  })
}

function attemptsText({ locale, exam }: Props): string {
  const t = translator(locale, 'examPage')
  const { attempts, attemptsUsed, settings } = exam
  if (attempts === null) return `${t('attemptsAny')}; ${t(`counts.${settings.counting}`)}`
  const left = t('attemptsLeft', { left: Math.max(0, attempts - attemptsUsed), all: attempts })
  return attempts === 1 ? left : `${left}; ${t(`counts.${settings.counting}`)}`
}

function pointsText({ locale, exam }: Props): string {
  const t = translator(locale, 'examPage')
  const { pointsLeast: least, pointsMost: most } = exam
  if (least === most) return t('pointsOf', { points: Number(most) })
  return t('pointsBetween', { least: pointsIn(locale, least), most: pointsIn(locale, most) })
}

/** What this person has beyond others, in words; nothing where they have nothing. */
function ownTerms({ locale, exam }: Props): string[] {
  const t = translator(locale, 'examPage')
  const { extraPercent, extraAttempts, ownWindow, seconds, usualSeconds } = exam
  const time = {
    percent: extraPercent,
    yours: exactDurationInWords(locale, seconds),
    others: exactDurationInWords(locale, usualSeconds),
  }
  return [
    ...(extraPercent > 0 ? [t('ownTime', time)] : []),
    ...(extraAttempts > 0 && exam.attempts !== null ? [t('ownAttempts', { count: extraAttempts })] : []),
    ...(ownWindow ? [t('ownWindow')] : []),
  ]
}

function Window(props: Props) {
  const { locale, timeZone, exam } = props
  const t = translator(locale, 'examPage')
  const { fullTimeUntil, entrance } = exam
  return (
    <>
      {windowText(locale, timeZone, exam)}
      {fullTimeUntil === null || (entrance !== 'open' && entrance !== 'early') ? null : (
        <span className="mt-1 block text-14 text-soft">
          {t('cut', { when: momentIn(locale, timeZone, fullTimeUntil) })}
        </span>
      )}
    </>
  )
}

/** All that somebody may want to know before they begin. */
export function ExamFacts(props: Props) {
  const { locale, exam } = props
  const t = translator(locale, 'examPage')
  const { negativePercent, passPercent } = exam.settings
  const questions = t(exam.drawn ? 'questionsDrawn' : 'questionCount', { count: exam.questionCount })
  const own = ownTerms(props)
  return (
    <DefinitionList
      items={[
        { term: t('questions'), detail: questions },
        { term: t('time'), detail: exactDurationInWords(locale, exam.seconds) },
        ...(own.length === 0
          ? []
          : [
              {
                term: t('own'),
                detail: (
                  <ul className="flex flex-col gap-1 font-medium">
                    {own.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                ),
              },
            ]),
        { term: t('window'), detail: <Window {...props} /> },
        { term: t('points'), detail: pointsText(props) },
        {
          term: t('pass'),
          detail: passPercent === null ? t('noPass') : t('passFrom', { percent: passPercent }),
        },
        { term: t('attempts'), detail: attemptsText(props) },
        ...(negativePercent === 0
          ? []
          : [{ term: t('negative'), detail: t('negativeBody', { percent: negativePercent }) }]),
        { term: t('after'), detail: afterwards(props) },
      ]}
    />
  )
}
