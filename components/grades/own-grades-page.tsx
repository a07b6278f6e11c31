import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { SelectField } from '#components/ui/select-field'
import { TextArea } from '#components/ui/text-area'
import type { GradeQuestionView, PersonGrades } from '#lib/grades/contract'
import { COURSE_ITEM, QUESTION_MAX } from '#lib/grades/contract/constants'
import { translator } from '#lib/i18n/translate'
import { GradeHead } from './grade-head'
import { GradeLines } from './grade-lines'
import { Question } from './questions'

type Own = Readonly<{
  courseId: string
  courseTitle: string
  grades: PersonGrades
  questions: Readonly<Record<string, readonly GradeQuestionView[]>>
  requestKey: string
}>

type Props = Readonly<{ locale: string; own: Own; done: boolean; ask: FormAction }>

const linesOf = ({ categories }: PersonGrades) => categories.flatMap(({ lines }) => lines)

/** What was asked, by what it was about. */
function Asked({ locale, own }: Pick<Props, 'locale' | 'own'>) {
  const t = translator(locale, 'grades.ask')
  const { grades, questions } = own
  const titles = new Map(linesOf(grades).map(({ item }) => [item.id, item.title]))
  const asked = Object.entries(questions)
  if (asked.length === 0) return null
  return (
    <section aria-labelledby="asked" className="max-w-column">
      <h2 id="asked" className="text-18 font-semibold">
        {t('questions')}
      </h2>
      {asked.map(([item, list]) => (
        <section key={item} aria-label={titles.get(item) ?? t('course')} className="mt-4">
          <h3 className="text-14 font-semibold text-soft wrap-anywhere">{titles.get(item) ?? t('course')}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {list.map((question) => (
              <Question
                key={question.id}
                locale={locale}
                timeZone={grades.timeZone}
                question={question}
                reply={<p className="text-14 text-soft">{t('waiting')}</p>}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function Ask({ locale, own, ask }: Omit<Props, 'done'>) {
  const t = translator(locale, 'grades.ask')
  const { courseId, grades, requestKey } = own
  const options = linesOf(grades).map(({ item }) => ({ value: item.id, label: item.title }))
  return (
    <section aria-labelledby="ask" className="max-w-column" data-chrome>
      <h2 id="ask" className="text-18 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-14 text-soft">{t('body')}</p>
      <ActionForm
        action={ask}
        submit={t('send')}
        submitLook="quiet"
        pendingLabel={t('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ courseId, key: requestKey }} />
        <SelectField
          name="item"
          label={t('item')}
          options={[{ value: COURSE_ITEM, label: t('course') }, ...options]}
        />
        <TextArea name="body" label={t('words')} rows={3} maxLength={QUESTION_MAX} />
      </ActionForm>
    </section>
  )
}

/** One's own grades in a course: the grade, how each number came about, and where to ask about it. */
export function OwnGradesPage({ locale, own, done, ask }: Props) {
  const t = translator(locale, 'grades.own')
  const { courseId, courseTitle, grades } = own
  return (
    <article>
      {done ? (
        <div className="mb-8" role="status">
          <Notice tone="good" title={translator(locale, 'grades.ask')('asked')} />
        </div>
      ) : null}
      <Breadcrumbs
        label={translator(locale, 'course')('breadcrumb')}
        crumbs={[{ label: courseTitle, href: `/courses/${courseId}` }]}
      />
      <h1 className="mt-4 font-reading text-28 font-medium tracking-[-0.01em] sm:text-36">{t('title')}</h1>
      <p className="mt-2 max-w-column text-soft">{t('intro')}</p>
      {linesOf(grades).length === 0 ? (
        <div className="mt-8">
          <EmptyState seed={`${courseId}:grades`} title={t('emptyTitle')} body={t('emptyBody')} />
        </div>
      ) : (
        <div className="mt-8 flex flex-col gap-12">
          <GradeHead locale={locale} grades={grades} />
          <GradeLines
            locale={locale}
            timeZone={grades.timeZone}
            categories={grades.categories}
            hrefOf={({ item }) => `/${item.kind === 'exam' ? 'exams' : 'assignments'}/${item.id}`}
          />
          <Asked locale={locale} own={own} />
          <Ask locale={locale} own={own} ask={ask} />
        </div>
      )}
    </article>
  )
}
