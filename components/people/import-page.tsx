import { AdminPage, type AdminProps } from '#components/admin/admin-page'
import { formWords } from '../form/form-words'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { PageHeader } from '#components/ui/page-header'
import { translator } from '#lib/i18n/translate'
import { IMPORT_OUTCOMES } from '#lib/people/rules'
import { ImportForm } from './import-form'
import type { ImportWords } from './import-words'

type Props = AdminProps & { actions: Readonly<Record<'preview' | 'apply', FormAction>> }

const EXAMPLE = 'email,name,role\nada@example.com,Ada Lovelace,instructor\nalan@example.com,Alan Turing,\n'

/** The words that need no numbers; those that do come with the report. */
function wordsOf(locale: string): ImportWords {
  const t = translator(locale, 'people.importing')
  const people = translator(locale, 'people')
  return {
    form: formWords(locale),
    pending: people('pending'),
    text: t('text'),
    file: t('file'),
    fileHelp: t('fileHelp'),
    check: t('check'),
    reportTitle: t('reportTitle'),
    again: t('again'),
    nothingNew: t('nothingNew'),
    overBody: t('overBody'),
    download: t('download'),
    fileName: t('fileName'),
    caption: t('caption'),
    columns: {
      line: t('line'),
      email: people('email'),
      name: people('name'),
      role: people('role'),
      result: t('result'),
    },
    counts: { new: t('counts.new'), settled: t('counts.settled'), wrong: t('counts.wrong') },
    outcomes: Object.fromEntries(
      IMPORT_OUTCOMES.map((outcome) => [outcome, t(`outcomes.${outcome}`)]),
    ) as ImportWords['outcomes'],
  }
}

/** Many people at once: the list first, then what would happen, then the letters. */
export function ImportPage({ actions, ...admin }: Props) {
  const { locale } = admin
  const t = translator(locale, 'people.importing')
  const words = translator(locale, 'people')
  return (
    <AdminPage {...admin} current="people">
      <PageHeader
        title={t('title')}
        intro={t('intro')}
        crumbs={{ label: words('crumbs'), items: [{ label: words('title'), href: '/admin/people' }] }}
      />
      <div className="flex flex-col gap-8">
        <div className="max-w-column">
          <p>{t('how')}</p>
          <Disclosure summary={t('example')}>
            <pre className="overflow-x-auto rounded-sm bg-sunken p-4 font-mono text-14">{EXAMPLE}</pre>
          </Disclosure>
        </div>
        <ImportForm words={wordsOf(locale)} locale={locale} {...actions} />
      </div>
    </AdminPage>
  )
}
