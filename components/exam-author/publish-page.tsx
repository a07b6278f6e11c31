import { About } from '#components/ui/about'
import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Section } from '#components/ui/section'
import type { ExamHead, ExamPublishDone, ExamPublishView } from '#lib/exams/contract/authoring'
import { type Finding, isPublishable, LEVELS } from '#lib/exams/rules/publish'
import { keptWords } from '#lib/i18n/exam-author-words'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ExamFrame } from './exam-frame'
import { KeptHint } from './kept-hint'

type Props = Readonly<{
  locale: string
  timeZone: string
  exam: ExamHead
  view: ExamPublishView
  done: ExamPublishDone | undefined
  actions: Readonly<{ publish: FormAction; unpublish: FormAction }>
}>

function spotOf(exam: ExamHead, { page, anchor }: Finding['spot']): string {
  const course = `/teach/courses/${exam.course.id}`
  if (page === 'course') return `${course}/publish`
  const base = `${course}/exams/${exam.id}`
  if (page === 'settings') return `${base}/settings${anchor === null ? '' : `#exam-${anchor}`}`
  return `${base}${anchor === null ? '' : `#${anchor}`}`
}

function Line({ locale, exam, finding }: { locale: string; exam: ExamHead; finding: Finding }) {
  const t = translator(locale, 'examAuthor.publish')
  const { rule, about, spot } = finding
  const isError = LEVELS[rule] === 'error'
  return (
    <li className="flex items-start gap-3 border-t border-line py-3 first:border-t-0">
      <Icon
        name={isError ? 'x-circle' : 'warning'}
        size={18}
        className={`mt-0.5 ${isError ? 'text-bad' : 'text-warn'}`}
      />
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-4">
        <div className="min-w-0 grow basis-64 wrap-anywhere">
          {about === null ? null : <p className="line-clamp-2 font-medium">{about}</p>}
          <p className={about === null ? 'font-medium' : 'text-14 text-soft'}>{t(`rules.${rule}`)}</p>
        </div>
        <a
          href={spotOf(exam, spot)}
          className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 underline underline-offset-2"
        >
          {t(`to.${spot.page}`)}
          <About>{about ?? undefined}</About>
        </a>
      </div>
    </li>
  )
}

function List({
  title,
  findings,
  ...props
}: {
  title: string
  findings: readonly Finding[]
  locale: string
  exam: ExamHead
}) {
  if (findings.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="text-18 font-semibold">{title}</h2>
      <ul className="mt-2">
        {findings.map((finding, index) => (
          <Line key={index} finding={finding} {...props} />
        ))}
      </ul>
    </section>
  )
}

function Gate({ locale, exam, view }: Props) {
  const t = translator(locale, 'examAuthor.publish')
  const of = (level: 'error' | 'warning') => view.findings.filter(({ rule }) => LEVELS[rule] === level)
  const [errors, warnings] = [of('error'), of('warning')]
  const [tone, title, body] =
    errors.length > 0
      ? (['bad', t('blockedTitle', { count: errors.length }), t('blockedBody')] as const)
      : warnings.length > 0
        ? (['warn', t('warningsTitle', { count: warnings.length }), t('warningsBody')] as const)
        : ([
            'good',
            view.state === 'draft' || view.changed ? t('readyTitle') : t('fineTitle'),
            t('ok'),
          ] as const)
  return (
    <div className="pb-4">
      <Notice tone={tone} title={title}>
        {body}
      </Notice>
      <List locale={locale} exam={exam} findings={errors} title={t('errors')} />
      <List locale={locale} exam={exam} findings={warnings} title={t('warnings')} />
    </div>
  )
}

function Press({
  locale,
  exam,
  action,
  label,
  look,
}: {
  locale: string
  exam: ExamHead
  action: FormAction
  label: string
  look: 'primary' | 'quiet'
}) {
  return (
    <ActionForm
      action={action}
      submit={label}
      submitLook={look}
      pendingLabel={translator(locale, 'teach.form')('pending')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ courseId: exam.course.id, examId: exam.id }} />
    </ActionForm>
  )
}

function State(props: Props) {
  const { locale, timeZone, exam, view, actions } = props
  const t = translator(locale, 'examAuthor.publish')
  const { publishedAt, version, attempts, running, changed } = view
  const date =
    publishedAt === null
      ? null
      : formatter(locale, timeZone).dateTime(publishedAt, { dateStyle: 'long', timeStyle: 'short' })
  const words = date === null ? t('draft') : t('published', { date, version: version ?? 1 })
  const publishable = isPublishable(view.findings)
  return (
    <Section id="state" title={t('stateTitle')} description={words}>
      <div className="flex flex-col gap-6">
        {publishedAt !== null && changed ? (
          <Notice tone="info" title={t('changedTitle')}>
            {t('changedBody', { attempts })} {running > 0 ? t('running', { count: running }) : ''}
          </Notice>
        ) : null}
        <div className="flex flex-wrap items-start gap-x-8 gap-y-6">
          {publishable && (publishedAt === null || changed) ? (
            <Press
              locale={locale}
              exam={exam}
              action={actions.publish}
              label={publishedAt === null ? t('publish') : t('again')}
              look="primary"
            />
          ) : null}
          {publishedAt !== null && attempts === 0 ? (
            <div>
              <Press
                locale={locale}
                exam={exam}
                action={actions.unpublish}
                label={t('unpublish')}
                look="quiet"
              />
              <p className="mt-2 text-14 text-soft">{t('unpublishNote')}</p>
            </div>
          ) : null}
          {publishedAt !== null && attempts > 0 ? (
            <p className="max-w-note text-14 text-soft">{t('startedNote')}</p>
          ) : null}
        </div>
      </div>
    </Section>
  )
}

/** Attempts that a corrected key would give other points. */
function Behind({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.attempts')
  const { behind } = view
  if (behind === 0 || !exam.may.grade) return null
  return (
    <Notice
      tone="warn"
      title={t('behindTitle', { count: behind })}
      action={
        <LinkButton href={`/teach/courses/${exam.course.id}/exams/${exam.id}/regrade`} look="quiet">
          {t('behindLink')}
        </LinkButton>
      }
    >
      {t('behindBody')}
    </Notice>
  )
}

/** The gate between an exam and its learners. */
export function ExamPublishPage(props: Props) {
  const { locale, exam, done } = props
  const t = translator(locale, 'examAuthor.publish')
  return (
    <ExamFrame
      locale={locale}
      exam={exam}
      current="publish"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <KeptHint
        draftKey={props.view.draftKey}
        href={`/teach/courses/${exam.course.id}/exams/${exam.id}`}
        locale={locale}
        words={keptWords(locale)}
      />
      <Behind {...props} />
      <Gate {...props} />
      <State {...props} />
    </ExamFrame>
  )
}
