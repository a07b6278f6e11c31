import type { ReactNode } from 'react'
import { Answer } from '../exam-result/answer'
import { momentIn, pointsIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { Disclosure } from '#components/ui/disclosure'
import { StatusBadge } from '#components/ui/status-badge'
import type { QuestionToGrade } from '#lib/exams/contract/grading'
import { translator } from '#lib/i18n/translate'
import { type MarkActions, MarkForm, type MarkWords } from './mark-form'

type Props = Readonly<{
  locale: string
  timeZone: string
  question: QuestionToGrade
  /** Null: only to be looked at. */
  form: Readonly<{ ids: Readonly<Record<string, string>>; actions: MarkActions }> | null
}>

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-4">
      <h4 className="text-14 font-semibold text-soft">{title}</h4>
      <div className="mt-1">{children}</div>
    </div>
  )
}

function markWords(locale: string, question: QuestionToGrade, maxPoints: string): MarkWords {
  const t = translator(locale, 'examGrade.form')
  const max = pointsIn(locale, maxPoints)
  const waits = question.mark?.points === null
  return {
    points: t('points'),
    of: t('of', { max }),
    pointsOptional: waits ? undefined : t('pointsOptional'),
    comment: question.needsPerson ? t('comment') : t('reason'),
    commentHelp: question.needsPerson ? undefined : t('reasonHelp'),
    commentOptional: question.needsPerson ? t('commentOptional') : undefined,
    ...{ save: t('save'), saving: t('saving'), hint: t('hint') },
    conflict: {
      ...{ title: t('conflict.title', { name: '{name}' }), somebody: t('conflict.somebody') },
      theirs: t('conflict.theirs', { points: '{points}', max }),
      ...{ theirsNone: t('conflict.theirsNone'), safe: t('conflict.safe') },
      ...{ mine: t('conflict.mine'), take: t('conflict.take') },
    },
  }
}

/** Why the points are what they are. */
function Reasons({ locale, timeZone, question }: Props) {
  const t = translator(locale, 'examGrade.attempt')
  const { machine, mark, voided, gone, needsPerson } = question
  const when = mark?.gradedAt == null ? '' : momentIn(locale, timeZone, mark.gradedAt)
  const lines = [
    voided === null ? null : t(voided),
    gone ? t('gone') : null,
    needsPerson || voided !== null
      ? null
      : t('machine', {
          outcome: t(`outcome.${machine.outcome}`),
          points: pointsIn(locale, machine.points ?? '0'),
          max: pointsIn(locale, machine.maxPoints),
        }),
    mark?.byHand !== true
      ? null
      : mark.graderName === null
        ? t('byHandNobody', { when })
        : t('byHand', { name: mark.graderName, when }),
  ].filter((line) => line !== null)
  return (
    <ul className="mt-3 text-14 text-soft">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Marking({ locale, question, form }: Props) {
  const t = translator(locale, 'examGrade.attempt')
  const { mark, needsPerson } = question
  if (mark === null) return null
  if (form === null)
    return mark.comment === '' ? null : (
      <Part title={t('comment')}>
        <p className="max-w-[68ch] whitespace-pre-line wrap-anywhere">{mark.comment}</p>
      </Part>
    )
  const waits = mark.points === null
  const fields = (
    <MarkForm
      // A mark that was changed is another form: what it was typed over is no longer there.
      key={mark.updatedAt}
      ids={form.ids}
      mark={{ points: mark.points ?? '', comment: mark.comment, updatedAt: mark.updatedAt }}
      waits={waits}
      words={markWords(locale, question, mark.maxPoints)}
      messages={formWords(locale)}
      actions={form.actions}
    />
  )
  return (
    <div className="mt-4 max-w-note">
      {needsPerson || waits || mark.byHand ? (
        fields
      ) : (
        <Disclosure summary={<span className="text-14 font-medium">{t('override')}</span>}>
          {fields}
        </Disclosure>
      )}
    </div>
  )
}

/** One answer with its key, its points and why, and the form to give others. */
export function QuestionCard(props: Props) {
  const { locale, question } = props
  const t = translator(locale, 'examGrade.attempt')
  const { mark, number, prompt, answer, right, explanation, words } = question
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="text-14 font-semibold">{t('question', { number })}</h3>
        {mark === null ? null : mark.points === null ? (
          <StatusBadge tone="warn">{t('waits')}</StatusBadge>
        ) : (
          <span className="text-14 tabular-nums">
            {t('points', {
              points: pointsIn(locale, mark.points),
              max: pointsIn(locale, mark.maxPoints),
            })}
          </span>
        )}
      </div>
      <p className="mt-2 max-w-[68ch] font-reading text-18 whitespace-pre-line wrap-anywhere">{prompt}</p>
      <Part title={words === null ? t('answer') : `${t('answer')} · ${t('words', { count: words })}`}>
        <Answer locale={locale} answer={answer} />
      </Part>
      {right === null ? null : (
        <Part title={t('right')}>
          <Answer locale={locale} answer={right} />
        </Part>
      )}
      {explanation === null ? null : (
        <Part title={t('explanation')}>
          <p className="max-w-[68ch] whitespace-pre-line wrap-anywhere">{explanation}</p>
        </Part>
      )}
      <Reasons {...props} />
      <Marking {...props} />
    </>
  )
}
