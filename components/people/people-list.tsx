import type { ReactNode } from 'react'
import { AdminPage, type AdminProps } from '#components/admin/admin-page'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import { translator } from '#lib/i18n/translate'
import type { PeoplePage, PeopleSearch, PersonCard } from '#lib/people/contract'
import { ROLES } from '#lib/people/rules'
import { Done } from './done'
import { Moment } from './moment'
import { PersonName, RoleWords, StateBadge } from './person-words'

type Props = AdminProps & {
  page: PeoplePage
  schoolName: string
  timeZone: string
  /** What the reader may do besides reading. */
  may: Readonly<{ invite: boolean; manage: boolean }>
  /** For the drawing of an empty list. */
  seed: string
}

const STATES = ['active', 'disabled', 'unconfirmed'] as const
const PATH = '/admin/people'

/** The address of the list; what is filtered and how it is sorted survive paging. */
function hrefOf(
  search: PeopleSearch,
  more: Readonly<{ cursor?: string; sort?: PeopleSearch['sort'] }>,
): string {
  const { q, role, state } = search
  const sort = more.sort ?? search.sort
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ q, role, state, cursor: more.cursor ?? '' }))
    if (value !== '') query.set(name, value)
  if (sort !== 'name') query.set('sort', sort)
  const text = query.toString()
  return text === '' ? PATH : `${PATH}?${text}`
}

function isFiltered({ q, role, state }: PeopleSearch): boolean {
  return q !== '' || role !== '' || state !== ''
}

function Toolbar({ locale, search }: { locale: string; search: PeopleSearch }) {
  const t = translator(locale, 'people')
  const any = { value: '', label: t('any') }
  return (
    <TableToolbar
      id="people"
      label={t('find')}
      action={PATH}
      search={{ name: 'q', value: search.q, label: t('search'), maxLength: 100 }}
      filters={[
        {
          ...{ name: 'role', label: t('filterRole'), value: search.role },
          options: [any, ...ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))],
        },
        {
          ...{ name: 'state', label: t('filterState'), value: search.state },
          options: [any, ...STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))],
        },
      ]}
      keep={search.sort === 'name' ? {} : { sort: search.sort }}
      submit={t('apply')}
      reset={isFiltered(search) ? { href: PATH, label: t('clear') } : null}
    />
  )
}

function Nobody({
  locale,
  search,
  may,
  seed,
}: Pick<Props, 'may' | 'seed'> & { locale: string; search: PeopleSearch }) {
  const t = translator(locale, 'people')
  if (isFiltered(search)) {
    return (
      <EmptyState seed={`${seed}:people:none`} title={t('noMatchTitle')} body={t('noMatchBody')}>
        <LinkButton href={PATH} look="quiet">
          {t('clear')}
        </LinkButton>
      </EmptyState>
    )
  }
  return (
    <EmptyState seed={`${seed}:people`} title={t('emptyTitle')} body={t('emptyBody')}>
      {may.invite ? <LinkButton href={`${PATH}/invite`}>{t('invite')}</LinkButton> : null}
    </EmptyState>
  )
}

function Table({ locale, timeZone, page, may, seed }: Omit<Props, 'permissions' | 'schoolName'>) {
  const t = translator(locale, 'people')
  const { search } = page
  const sorted = (sort: PeopleSearch['sort'], direction: 'ascending' | 'descending') => ({
    href: hrefOf(search, { sort }),
    direction: search.sort === sort ? direction : null,
  })
  const moment = (at: Date | null) => <Moment locale={locale} timeZone={timeZone} at={at} />
  return (
    <DataTable<PersonCard>
      caption={t('caption')}
      rows={page.people}
      rowKey={(person) => person.id}
      empty={<Nobody locale={locale} search={search} may={may} seed={seed} />}
      columns={[
        {
          ...{ id: 'name', header: t('name'), sort: sorted('name', 'ascending') },
          cell: (person) => <PersonName person={person} href={may.manage ? `${PATH}/${person.id}` : null} />,
        },
        {
          ...{ id: 'role', header: t('role') },
          cell: (person) => <RoleWords locale={locale} role={person.role} customRoles={person.customRoles} />,
        },
        {
          ...{ id: 'state', header: t('state') },
          cell: (person) => <StateBadge locale={locale} state={person.state} />,
        },
        { id: 'seen', header: t('lastSeen'), cell: (person) => moment(person.lastSeenAt) },
        {
          ...{ id: 'joined', header: t('joined'), sort: sorted('newest', 'descending') },
          cell: (person) => moment(person.joinedAt),
        },
      ]}
    />
  )
}

function Actions({ locale, page, may }: { locale: string; page: PeoplePage; may: Props['may'] }): ReactNode {
  const t = translator(locale, 'people')
  if (!may.invite) return null
  return (
    <>
      <LinkButton href={`${PATH}/invitations`} look="plain">
        {t('invitations', { count: page.invitations ?? 0 })}
      </LinkButton>
      <LinkButton href={`${PATH}/import`} look="quiet">
        {t('import')}
      </LinkButton>
      <LinkButton href={`${PATH}/invite`}>{t('invite')}</LinkButton>
    </>
  )
}

/** The people of a school: searched, filtered, sorted and paged, all of it by address. */
export function PeopleList({ page, schoolName, timeZone, may, seed, ...admin }: Props) {
  const { locale } = admin
  const t = translator(locale, 'people')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: hrefOf(page.search, { cursor }), label }
  return (
    <AdminPage {...admin} current="people">
      <Done locale={locale} done={page.search.done} />
      <PageHeader
        title={t('title')}
        intro={may.manage ? t('introActing', { school: schoolName }) : t('intro', { school: schoolName })}
        actions={<Actions locale={locale} page={page} may={may} />}
      />
      <div className="flex flex-col gap-6">
        <Toolbar locale={locale} search={page.search} />
        <Table locale={locale} timeZone={timeZone} page={page} may={may} seed={seed} />
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, t('previous'))}
          next={link(page.nextCursor, t('next'))}
        />
      </div>
    </AdminPage>
  )
}
