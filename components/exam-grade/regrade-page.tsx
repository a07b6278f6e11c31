import { ExamFrame } from '../exam-author/exam-frame'
import { pointsIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Stat, StatGroup } from '#components/ui/stat'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { RegradedAttempt, RegradePreview } from '#lib/exams/contract/grading'
import { formatter, translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; exam: ExamHead; view: RegradePreview; action: FormAction }>

/** Lines that one page shows. */
const MOST = 300

const baseOf = (exam: ExamHead): string => `/teach/courses/${exam.course.id}/exams/${exam.id}`

function pointsWords(locale: string, score: string | null, max: string): string {
  const t = translator(locale, 'examGrade.regrade')
  const shown = score === null ? t('waits') : pointsIn(locale, score)
  return t('points', { score: shown, max: pointsIn(locale, max) })
}

/** What the change means for whoever it is about; null: nothing but points. */
function meaning(locale: string, attempt: RegradedAttempt): string | null {
  const t = translator(locale, 'examGrade.regrade')
  const { counted, counts, passedFrom, passedTo } = attempt
  if (!counts) return t(counted ? 'countsNoMore' : 'countsNot')
  if (!counted) return t('countsNow')
  if (passedFrom === passedTo || passedTo === null) return null
  return passedTo ? t('passedNow') : t('failedNow')
}

function Changes({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.regrade')
  const list = translator(locale, 'examGrade.attempts')
  const more = view.changed.length - MOST
  return (
    <>
      <DataTable<RegradedAttempt>
        caption={t('caption')}
        showCaption
        rows={view.changed.slice(0, MOST)}
        rowKey={({ attemptId }) => attemptId}
        empty={<p>{t('nobody')}</p>}
        columns={[
          {
            ...{ id: 'person', header: t('person'), long: true },
            cell: ({ attemptId, name, number }) => (
              <a
                href={`${baseOf(exam)}/attempts/${attemptId}`}
                className="flex min-h-11 flex-col justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
              >
                {name}
                <span className="text-12 font-normal text-soft">{list('attempt', { number })}</span>
              </a>
            ),
          },
          {
            ...{ id: 'from', header: t('from') },
            cell: ({ from, fromMax }) => (
              <span className="tabular-nums">{pointsWords(locale, from, fromMax)}</span>
            ),
          },
          {
            ...{ id: 'to', header: t('to') },
            cell: (attempt) => (
              <span className="block">
                <span className="font-medium tabular-nums">
                  {pointsWords(locale, attempt.to, attempt.toMax)}
                </span>
                <span className="block text-14 font-medium">{meaning(locale, attempt)}</span>
              </span>
            ),
          },
          {
            ...{ id: 'why', header: t('why') },
            cell: ({ marks }) => (
              <ul className="text-14 text-soft">
                {marks.map(({ questionId, number, from, fromMax, to, toMax }) => (
                  <li key={questionId}>
                    {t('mark', {
                      number,
                      from: pointsWords(locale, from, fromMax),
                      to: pointsWords(locale, to, toMax),
                    })}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {more > 0 ? <p className="text-14 text-soft">{t('more', { count: more })}</p> : null}
    </>
  )
}

function Apply({ locale, exam, view, action }: Props) {
  const t = translator(locale, 'examGrade.regrade')
  const form = translator(locale, 'teach.form')
  return (
    <ConfirmForm
      id="apply"
      trigger={{ label: t('apply'), look: 'primary' }}
      title={t('applyAsk', { count: view.behind })}
      consequence={t('applyGone', {
        ...{ changed: view.changed.length, passed: view.newlyPassed, failed: view.newlyFailed },
      })}
      action={action}
      values={{ courseId: exam.course.id, examId: exam.id, stamp: view.stamp }}
      submit={t('apply')}
      submitLook="primary"
      pendingLabel={t('applying')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

function Notes({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.regrade')
  return (
    <>
      {view.unpublished ? (
        <Notice
          tone="warn"
          title={t('unpublished')}
          action={
            <LinkButton href={`${baseOf(exam)}/publish`} look="quiet">
              {t('publish')}
            </LinkButton>
          }
        />
      ) : null}
      {view.running === 0 ? null : <Notice tone="info" title={t('running', { count: view.running })} />}
      {view.byHandVoided === 0 ? null : (
        <Notice tone="warn" title={t('byHandVoided', { count: view.byHandVoided })} />
      )}
    </>
  )
}

function Preview(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'examGrade.regrade')
  const number = (value: number): string => formatter(locale, view.timeZone).number(value)
  return (
    <>
      <StatGroup>
        <Stat label={t('behind')} value={number(view.behind)} />
        <Stat label={t('changes')} value={number(view.changed.length)} />
        <Stat label={t('passed')} value={number(view.newlyPassed)} />
        <Stat label={t('failed')} value={number(view.newlyFailed)} />
      </StatGroup>
      <Changes {...props} />
      <p className="max-w-column text-14 text-soft">
        {t('made', {
          when: formatter(locale, view.timeZone).dateTime(view.madeAt, {
            ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const),
          }),
          version: view.version ?? 0,
        })}
      </p>
      {view.may ? (
        <div>
          <Apply {...props} />
        </div>
      ) : null}
    </>
  )
}

/** Who would get which points by the newest keys, before anything is written. */
export function RegradePage(props: Props) {
  const { locale, exam, view } = props
  const t = translator(locale, 'examGrade.regrade')
  return (
    <ExamFrame locale={locale} exam={exam} current="attempts">
      <div className="flex flex-col gap-8">
        <div>
          <h2 className="text-22 font-semibold">{t('title')}</h2>
          <p className="mt-2 max-w-column text-soft">{t('intro')}</p>
        </div>
        <Notes {...props} />
        {view.behind === 0 ? (
          <EmptyState seed={`${exam.id}:regrade`} title={t('none')} body={t('noneBody')} />
        ) : (
          <Preview {...props} />
        )}
      </div>
    </ExamFrame>
  )
}
