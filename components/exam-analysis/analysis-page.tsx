import { ExamFrame } from '../exam-author/exam-frame'
import { Disclosure } from '#components/ui/disclosure'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Stat, StatGroup } from '#components/ui/stat'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { AnalysisView } from '#lib/exams/contract/grading'
import { FEW_ATTEMPTS } from '#lib/exams/rules/analysis'
import { formatter, translator } from '#lib/i18n/translate'
import { Distribution } from './distribution'
import { ItemsTable } from './items-table'

type Props = Readonly<{ locale: string; exam: ExamHead; view: AnalysisView }>

function Figures({ locale, view }: Props) {
  const t = translator(locale, 'examAnalysis')
  const write = formatter(locale, 'UTC')
  const percent = (share: number | null): string =>
    share === null
      ? t('unknown')
      : t('percent', { percent: write.number(share * 100, { maximumFractionDigits: 1 }) })
  const { attempts, waiting, mean, median, deviation, alpha, alphaItems } = view
  return (
    <StatGroup>
      <Stat
        label={t('attempts')}
        value={write.number(attempts)}
        {...(waiting === 0 ? {} : { note: t('waiting', { count: waiting }) })}
      />
      <Stat label={t('mean')} value={percent(mean)} />
      <Stat label={t('median')} value={percent(median)} />
      <Stat label={t('deviation')} value={percent(deviation)} />
      <Stat
        label={t('alpha')}
        value={alpha === null ? t('unknown') : write.number(alpha, { maximumFractionDigits: 2 })}
        {...(alpha === null ? {} : { note: t('alphaOf', { count: alphaItems }) })}
      />
    </StatGroup>
  )
}

function How({ locale }: { locale: string }) {
  const t = translator(locale, 'examAnalysis')
  return (
    <Disclosure summary={<span className="font-medium">{t('howTitle')}</span>}>
      <ul className="max-w-column list-disc ps-6 text-14 text-soft">
        {(['difficulty', 'discrimination', 'upperLower', 'alpha'] as const).map((one) => (
          <li key={one} className="mt-2">
            {t(`how.${one}`)}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** How an exam's questions did: how hard they were, whether they tell people apart, which choices were taken. */
export function AnalysisPage(props: Props) {
  const { locale, exam, view } = props
  const t = translator(locale, 'examAnalysis')
  return (
    <ExamFrame locale={locale} exam={exam} current="analysis" intro={t('intro')}>
      {view.attempts === 0 ? (
        <EmptyState seed={`${exam.id}:analysis`} title={t('emptyTitle')} body={t('emptyBody')} />
      ) : (
        <div className="flex flex-col gap-8">
          <div className="flex flex-wrap justify-end" data-chrome>
            <LinkButton
              href={`/api/exams/analysis?courseId=${exam.course.id}&examId=${exam.id}`}
              look="plain"
            >
              <Icon name="download" size={18} />
              {t('export')}
            </LinkButton>
          </div>
          {view.few ? (
            <Notice tone="info" title={t('fewTitle')}>
              {t('fewBody', { count: FEW_ATTEMPTS })}
            </Notice>
          ) : null}
          <Figures {...props} />
          <Distribution locale={locale} view={view} />
          <ItemsTable locale={locale} view={view} />
          <How locale={locale} />
        </div>
      )}
    </ExamFrame>
  )
}
