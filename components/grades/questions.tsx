import { momentIn } from '../exam/when'
import type { GradeQuestionView } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'
import type { ReactNode } from 'react'

type Place = Readonly<{ locale: string; timeZone: string }>

function Words({ text, note }: { text: string; note: string }) {
  return (
    <>
      <p dir="auto" className="max-w-column whitespace-pre-wrap wrap-anywhere">
        {text}
      </p>
      <p className="mt-1 text-12 text-soft">{note}</p>
    </>
  )
}

/** A question about a grade, and the answer to it; `reply`: what stands where there is none yet. */
export function Question({
  locale,
  timeZone,
  question,
  reply,
}: Place & { question: GradeQuestionView; reply: ReactNode }) {
  const t = translator(locale, 'grades.ask')
  const { body, askedAt, answer, answeredAt, answeredBy } = question
  const when = answeredAt === null ? '' : momentIn(locale, timeZone, answeredAt)
  return (
    <li className="py-4">
      <Words text={body} note={t('askedAt', { when: momentIn(locale, timeZone, askedAt) })} />
      <div className="mt-3 border-s-2 border-accent-8 ps-4">
        {answer === null ? (
          reply
        ) : (
          <Words
            text={answer}
            note={
              answeredBy === null ? t('answeredAt', { when }) : t('answeredBy', { name: answeredBy, when })
            }
          />
        )}
      </div>
    </li>
  )
}
