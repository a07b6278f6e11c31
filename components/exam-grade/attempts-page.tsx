import { ExamFrame } from '../exam-author/exam-frame'
import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import type { ExamHead } from '#lib/exams/contract/authoring'
import { type AttemptsSearch, type AttemptsView, STATES } from '#lib/exams/contract/grading'
import { translator } from '#lib/i18n/translate'
import { AttemptsTable } from './attempts-table'
import { Release } from './release'

type Props = Readonly<{
  locale: string
  exam: ExamHead
  view: AttemptsView
  actions: Readonly<{ end: FormAction; release: FormAction }>
}>

const baseOf = (exam: ExamHead): string => `/teach/courses/${exam.course.id}/exams/${exam.id}`

function hrefOf(exam: ExamHead, { q, state }: AttemptsSearch, cursor: string): string {
  const query = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(state === '' ? {} : { state }),
    cursor,
  })
  return `${baseOf(exam)}/attempts?${query.toString()}`
}

function Toolbar({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.attempts')
  const { search, counts } = view
  const path = `${baseOf(exam)}/attempts`
  const all = counts.running + counts.waiting + counts.graded
  return (
    <TableToolbar
      id="attempts"
      label={t('find')}
      action={path}
      search={{ name: 'q', value: search.q, label: t('search'), maxLength: 100 }}
      filters={[
        {
          ...{ name: 'state', label: t('state'), value: search.state },
          options: [
            { value: '', label: t('all', { count: all }) },
            ...STATES.map((state) => ({
              value: state,
              label: t(`states.${state}`, { count: counts[state] }),
            })),
          ],
        },
      ]}
      submit={t('apply')}
      reset={search.q === '' && search.state === '' ? null : { href: path, label: t('reset') }}
    >
      <LinkButton href={`/api/exams/results?courseId=${exam.course.id}&examId=${exam.id}`} look="plain">
        <Icon name="download" size={18} />
        {t('export')}
      </LinkButton>
    </TableToolbar>
  )
}

/** What is to be done: answers that wait, by their questions, and keys that changed. */
function ToDo({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.attempts')
  const { piles, counts } = view
  return (
    <>
      {counts.behind === 0 ? null : (
        <Notice
          tone="warn"
          title={t('behindTitle', { count: counts.behind })}
          action={
            <LinkButton href={`${baseOf(exam)}/regrade`} look="quiet">
              {t('behindLink')}
            </LinkButton>
          }
        >
          {t('behindBody')}
        </Notice>
      )}
      {piles.length === 0 ? null : (
        <section aria-labelledby="piles-title">
          <h2 id="piles-title" className="text-18 font-semibold">
            {t('pilesTitle')}
          </h2>
          <p className="mt-1 text-14 text-soft">{t('pilesBody')}</p>
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {piles.map(({ id, prompt, waiting }) => (
              <li key={id}>
                <a
                  href={`${baseOf(exam)}/grade/${id}`}
                  className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 py-2 hover:bg-sunken"
                >
                  <span className="min-w-0 truncate font-medium">{prompt}</span>
                  <span className="text-14 font-medium text-warn">{t('pile', { count: waiting })}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** Who has which attempt in what state, what waits, and whether learners see their results. */
export function AttemptsPage(props: Props) {
  const { locale, exam, view, actions } = props
  const t = translator(locale, 'examGrade.attempts')
  const { search, nextCursor, previousCursor } = view
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: hrefOf(exam, search, cursor), label }
  return (
    <ExamFrame
      locale={locale}
      exam={exam}
      current="attempts"
      intro={t('intro')}
      done={search.done === undefined ? null : t(`done.${search.done}`)}
    >
      <div className="flex flex-col gap-8">
        {view.may ? <ToDo {...props} /> : null}
        <Toolbar {...props} />
        <AttemptsTable locale={locale} exam={exam} view={view} end={actions.end} />
        <Pager
          label={t('pager')}
          previous={link(previousCursor, t('previous'))}
          next={link(nextCursor, t('next'))}
        />
        <Release locale={locale} exam={exam} view={view} release={actions.release} />
      </div>
    </ExamFrame>
  )
}
