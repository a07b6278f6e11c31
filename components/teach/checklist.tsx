import { About } from '#components/ui/about'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import { translator } from '#lib/i18n/translate'
import { type Finding, LEVELS } from '#lib/teach/contract'

type Props = { locale: string; courseId: string; findings: readonly Finding[] }

type Whole = Props & {
  /** Learners see the course already. */
  published: boolean
}

/** Where a finding is put right: the block itself, the lesson, or the outline. */
function spotOf(courseId: string, { lesson, block }: Finding): string {
  if (lesson === null) return `/teach/courses/${courseId}`
  const path = `/teach/courses/${courseId}/lessons/${lesson.id}`
  return block === null ? path : `${path}#block-${String(block)}`
}

function FindingLine({ locale, courseId, finding }: Omit<Props, 'findings'> & { finding: Finding }) {
  const t = translator(locale, 'teach.publish')
  const { rule, module, lesson, detail } = finding
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
          {lesson === null ? null : <p className="font-medium">{lesson.title}</p>}
          <p className={lesson === null ? 'font-medium' : 'text-14 text-soft'}>
            {t(`rules.${rule}`, { module: module ?? '', detail: detail ?? '' })}
          </p>
        </div>
        <a
          href={spotOf(courseId, finding)}
          className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 underline underline-offset-2"
        >
          {lesson === null ? t('toOutline') : t('toLesson')}
          <About>{lesson?.title}</About>
        </a>
      </div>
    </li>
  )
}

function Findings({ title, ...props }: Props & { title: string }) {
  const { findings, ...rest } = props
  if (findings.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="text-18 font-semibold">{title}</h2>
      <ul className="mt-2">
        {findings.map((finding, index) => (
          <FindingLine key={index} finding={finding} {...rest} />
        ))}
      </ul>
    </section>
  )
}

/** What stands between a course and its readers: first what stops it, then what is only worth a look. */
export function Checklist({ locale, courseId, findings, published }: Whole) {
  const t = translator(locale, 'teach.publish')
  const errors = findings.filter(({ rule }) => LEVELS[rule] === 'error')
  const warnings = findings.filter(({ rule }) => LEVELS[rule] === 'warning')
  const title =
    errors.length > 0
      ? t('blockedTitle', { count: errors.length })
      : warnings.length > 0
        ? t('warningsTitle', { count: warnings.length })
        : published
          ? t('fineTitle')
          : t('readyTitle')
  const body = errors.length > 0 ? t('blockedBody') : warnings.length > 0 ? t('warningsBody') : t('ok')
  const tone = errors.length > 0 ? 'bad' : warnings.length > 0 ? 'warn' : 'good'
  return (
    <div className="pb-4">
      <Notice tone={tone} title={title}>
        {body}
      </Notice>
      <Findings locale={locale} courseId={courseId} findings={errors} title={t('errors')} />
      <Findings locale={locale} courseId={courseId} findings={warnings} title={t('warnings')} />
    </div>
  )
}
