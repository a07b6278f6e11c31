import { ActionForm } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { Disclosure } from '#components/ui/disclosure'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import type { BankCard, BankPage, BankSearch } from '#lib/bank/contract'
import { QUESTION_TYPES } from '#lib/exams/rules/drafting'
import { examWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import { TYPE_ICONS } from '../exam-author/type-marks'
import { formWords } from '../form/form-words'
import { Uses } from './uses'

type Props = Readonly<{
  locale: string
  schoolName: string
  page: BankPage
  actions: Readonly<Record<'archive' | 'restore', FormAction>>
}>

const PATH = '/teach/bank'

function addressOf({ q, type, tag, show }: Partial<BankSearch>, cursor?: string): string {
  const named = Object.entries({ q, type, tag, show, cursor }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return named.length === 0 ? PATH : `${PATH}?${new URLSearchParams(named).toString()}`
}

const isFiltered = ({ q, type, tag, show }: BankSearch): boolean => `${q}${type}${tag}${show}` !== ''

/** Takes out of the lists, or brings back. */
function Move({
  locale,
  id,
  about,
  to,
  actions,
}: Pick<Props, 'locale' | 'actions'> & { id: string; about?: string; to: 'archive' | 'restore' | 'undo' }) {
  const t = translator(locale, 'bank.list')
  return (
    <ActionForm
      action={to === 'archive' ? actions.archive : actions.restore}
      submit={t(to)}
      submitAbout={about}
      submitLook={to === 'undo' ? 'quiet' : 'plain'}
      pendingLabel={translator(locale, 'bank')('pending')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ questionId: id }} />
    </ActionForm>
  )
}

function Done({ locale, page, actions }: Props) {
  const t = translator(locale, 'bank.list')
  const { done, question, added = '0', there = '0' } = page.search
  if (done === undefined) return null
  const before = Number(there) === 0 ? '' : ` ${t('there', { count: Number(there) })}`
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={done === 'imported' ? `${t('imported', { count: Number(added) })}${before}` : t(done)}
        action={
          done === 'archived' && question !== undefined ? (
            <Move locale={locale} id={question} to="undo" actions={actions} />
          ) : undefined
        }
      />
    </div>
  )
}

function Question({ locale, card }: { locale: string; card: BankCard }) {
  const points = translator(locale, 'bank')('points', { points: card.points })
  return (
    <a
      href={`${PATH}/${card.id}`}
      className="flex min-h-11 w-full items-center gap-3 text-start underline-offset-2 hover:underline"
    >
      <Icon name={TYPE_ICONS[card.type]} size={18} className="shrink-0 text-soft" />
      <span className="min-w-0">
        <span className="line-clamp-2 font-medium wrap-anywhere" dir="auto">
          {card.prompt}
        </span>
        <span className="block text-12 text-soft">
          {examWords(locale).types[card.type]} · {points}
        </span>
      </span>
    </a>
  )
}

function Tags({ locale, card }: { locale: string; card: BankCard }) {
  const t = translator(locale, 'bank.list')
  return (
    <ul className="flex flex-wrap gap-1">
      {card.tags.map((tag) => (
        <li key={tag}>
          <a
            href={addressOf({ tag })}
            aria-label={t('tagged', { tag })}
            className="inline-flex min-h-8 items-center rounded-full bg-sunken px-3 text-12 wrap-anywhere hover:bg-accent-3"
          >
            {tag}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Nothing({ locale, search }: { locale: string; search: BankSearch }) {
  const t = translator(locale, 'bank.list')
  if (isFiltered(search)) {
    return (
      <EmptyState seed="bank:none" title={t('noMatchTitle')} body={t('noMatchBody')}>
        <LinkButton href={PATH} look="quiet">
          {t('clear')}
        </LinkButton>
      </EmptyState>
    )
  }
  return <EmptyState seed="bank:empty" title={t('emptyTitle')} body={t('emptyBody')} />
}

function Table({ locale, page, actions }: Props) {
  const t = translator(locale, 'bank.list')
  return (
    <DataTable<BankCard>
      caption={t('caption')}
      rows={page.questions}
      rowKey={(card) => card.id}
      empty={<Nothing locale={locale} search={page.search} />}
      columns={[
        {
          ...{ id: 'question', header: t('question'), long: true },
          cell: (card) => <Question locale={locale} card={card} />,
        },
        { id: 'tags', header: t('tags'), cell: (card) => <Tags locale={locale} card={card} /> },
        {
          ...{ id: 'used', header: t('used') },
          cell: ({ uses }) =>
            uses.length === 0 ? (
              <span className="text-soft">{t('unused')}</span>
            ) : (
              <Disclosure
                summary={<span className="whitespace-nowrap">{t('usedIn', { count: uses.length })}</span>}
              >
                <Uses locale={locale} uses={uses} />
              </Disclosure>
            ),
        },
      ]}
      actions={{
        label: t('actions'),
        cell: (card) => (
          <Move
            locale={locale}
            id={card.id}
            about={card.prompt}
            to={card.archived ? 'restore' : 'archive'}
            actions={actions}
          />
        ),
      }}
    />
  )
}

function Toolbar({ locale, page }: Pick<Props, 'locale' | 'page'>) {
  const t = translator(locale, 'bank.list')
  const { search, tags } = page
  const { types } = examWords(locale)
  const any = { value: '', label: t('any') }
  const known = search.tag === '' || tags.includes(search.tag) ? tags : [search.tag, ...tags]
  return (
    <TableToolbar
      id="bank"
      label={t('find')}
      action={PATH}
      search={{ name: 'q', value: search.q, label: t('search'), maxLength: 100 }}
      filters={[
        {
          ...{ name: 'type', label: t('type'), value: search.type },
          options: [any, ...QUESTION_TYPES.map((value) => ({ value, label: types[value] }))],
        },
        {
          ...{ name: 'tag', label: t('tag'), value: search.tag },
          options: [any, ...known.map((tag) => ({ value: tag, label: tag }))],
        },
        {
          ...{ name: 'show', label: t('show'), value: search.show },
          options: [
            { value: '', label: t('active') },
            { value: 'archived', label: t('archivedOnly') },
          ],
        },
      ]}
      submit={t('apply')}
      reset={isFiltered(search) ? { href: PATH, label: t('clear') } : null}
    />
  )
}

/** The questions of a school, searched, filtered and paged by address. */
export function BankList(props: Props) {
  const { locale, schoolName, page } = props
  const t = translator(locale, 'bank.list')
  const bank = translator(locale, 'bank')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: addressOf(page.search, cursor), label }
  return (
    <>
      <Done {...props} />
      <PageHeader
        title={bank('title')}
        intro={bank('intro', { school: schoolName })}
        crumbs={{ label: bank('crumbs'), items: [{ label: bank('teach'), href: '/teach' }] }}
        actions={
          <>
            <LinkButton href={`${PATH}/import`} look="quiet">
              {t('import')}
            </LinkButton>
            <LinkButton href={`${PATH}/new`}>{t('new')}</LinkButton>
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Toolbar locale={locale} page={page} />
        <Table {...props} />
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, t('previous'))}
          next={link(page.nextCursor, t('next'))}
        />
      </div>
    </>
  )
}
