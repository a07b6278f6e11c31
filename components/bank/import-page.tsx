import { buttonClass } from '#components/ui/button'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { PageHeader } from '#components/ui/page-header'
import { bankWords } from '#lib/i18n/bank-words'
import { examWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ImportForm } from './import-form'
import { CSV_SAMPLE, GIFT_SAMPLE } from './samples'

const COLUMNS = [
  ...(['type', 'prompt', 'options', 'correct', 'tolerance', 'unit', 'text'] as const),
  ...(['words', 'points', 'explanation', 'tags'] as const),
]

function Sample({ text, name, label }: { text: string; name: string; label: string }) {
  return (
    <>
      <pre className="mt-4 overflow-x-auto rounded-sm bg-sunken p-4 font-mono text-14" dir="ltr" tabIndex={0}>
        {text}
      </pre>
      <a
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        download={name}
        className={`mt-2 ${buttonClass('plain')}`}
      >
        <Icon name="download" size={18} />
        {label}
      </a>
    </>
  )
}

function How({ locale }: { locale: string }) {
  const t = translator(locale, 'bank.importing')
  return (
    <div className="max-w-column">
      <p>{t('how')}</p>
      <Disclosure summary={t('giftTitle')}>
        <p>{t('giftBody')}</p>
        <Sample text={GIFT_SAMPLE} name="sample.gift" label={t('sample')} />
      </Disclosure>
      <Disclosure summary={t('csvTitle')}>
        <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
          {COLUMNS.map((column) => (
            <div key={column} className="contents">
              <dt className="font-mono text-14">{column}</dt>
              <dd className="text-14">
                {column === 'text' ? t('columns.text', { open: '{{', close: '}}' }) : t(`columns.${column}`)}
              </dd>
            </div>
          ))}
        </dl>
        <Sample text={CSV_SAMPLE} name="sample.csv" label={t('sample')} />
      </Disclosure>
    </div>
  )
}

/** Questions from elsewhere: the file first, then what would happen, then the bank. */
export function ImportPage({
  locale,
  actions,
}: {
  locale: string
  actions: Readonly<Record<'preview' | 'apply', FormAction>>
}) {
  const bank = translator(locale, 'bank')
  const t = translator(locale, 'bank.importing')
  const words = examWords(locale)
  return (
    <>
      <PageHeader
        title={t('title')}
        intro={t('intro')}
        crumbs={{
          label: bank('crumbs'),
          items: [
            { label: bank('teach'), href: '/teach' },
            { label: bank('title'), href: '/teach/bank' },
          ],
        }}
      />
      <div className="flex flex-col gap-8">
        <How locale={locale} />
        <ImportForm
          locale={locale}
          words={bankWords(locale)}
          exam={{ types: words.types, faults: words.faults }}
          messages={formWords(locale)}
          {...actions}
        />
      </div>
    </>
  )
}
