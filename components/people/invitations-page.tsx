import { AdminPage, type AdminProps } from '#components/admin/admin-page'
import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { StatusBadge } from '#components/ui/status-badge'
import { translator } from '#lib/i18n/translate'
import type { InvitationCard, InvitationDone, InvitationsPage as Listed } from '#lib/people/contract'
import { Done } from './done'
import { Moment } from './moment'
import { RoleWords } from './person-words'

type Actions = Readonly<Record<'resend' | 'revoke', FormAction>>
type Props = AdminProps & {
  page: Listed
  done: InvitationDone | undefined
  /** IANA, the school's. */
  timeZone: string
  actions: Actions
  /** For the drawing of an empty list. */
  seed: string
}

const PATH = '/admin/people/invitations'

function Buttons({ locale, row, actions }: { locale: string; row: InvitationCard; actions: Actions }) {
  const t = translator(locale, 'people.invited')
  const pendingLabel = translator(locale, 'people')('pending')
  if (!row.offered) return null
  const values = { invitationId: row.id }
  return (
    <div className="-ms-4 flex flex-wrap whitespace-nowrap sm:flex-nowrap">
      {row.resendable ? (
        <ActionForm
          action={actions.resend}
          submit={t('resend')}
          submitAbout={row.email}
          submitLook="plain"
          pendingLabel={pendingLabel}
          messages={formWords(locale)}
        >
          <HiddenFields values={values} />
        </ActionForm>
      ) : null}
      <ConfirmForm
        id={`revoke-${row.id}`}
        trigger={{ label: t('revoke'), about: row.email, look: 'plain', size: 'small' }}
        title={t('revokeTitle', { email: row.email })}
        consequence={t('revokeConsequence')}
        action={actions.revoke}
        values={values}
        submit={t('revoke')}
        pendingLabel={pendingLabel}
        cancel={translator(locale, 'admin.form')('cancel')}
        messages={formWords(locale)}
      />
    </div>
  )
}

function Guest({ row }: { row: InvitationCard }) {
  return (
    <span>
      <span className="block font-medium wrap-anywhere">{row.email}</span>
      {row.name === null ? null : (
        <span className="block text-14 font-normal wrap-anywhere text-soft">{row.name}</span>
      )}
    </span>
  )
}

function Table({ locale, timeZone, page, actions, seed }: Omit<Props, 'permissions' | 'done'>) {
  const t = translator(locale, 'people.invited')
  const words = translator(locale, 'people')
  const moment = (at: Date) => <Moment locale={locale} timeZone={timeZone} at={at} />
  return (
    <DataTable<InvitationCard>
      caption={t('caption')}
      rows={page.invitations}
      rowKey={(row) => row.id}
      empty={
        <EmptyState seed={`${seed}:invitations`} title={t('emptyTitle')} body={t('emptyBody')}>
          <LinkButton href="/admin/people/invite">{words('invite')}</LinkButton>
        </EmptyState>
      }
      columns={[
        { id: 'to', header: t('to'), cell: (row) => <Guest row={row} /> },
        {
          id: 'role',
          header: words('role'),
          cell: (row) => <RoleWords locale={locale} role={row.role} customRoles={row.customRoles} />,
        },
        {
          id: 'by',
          header: t('by'),
          cell: (row) => row.invitedByName ?? <span className="text-soft">{t('somebody')}</span>,
        },
        { id: 'sent', header: t('sent'), cell: (row) => moment(row.sentAt) },
        {
          id: 'expires',
          header: t('expires'),
          cell: (row) =>
            row.expired ? (
              <StatusBadge tone="warn" icon="clock">
                {t('expired')}
              </StatusBadge>
            ) : (
              moment(row.expiresAt)
            ),
        },
        {
          id: 'do',
          header: t('actions'),
          cell: (row) => <Buttons locale={locale} row={row} actions={actions} />,
        },
      ]}
    />
  )
}

/** Who was invited and has not come yet. */
export function InvitationsPage({ page, done, timeZone, actions, seed, ...admin }: Props) {
  const { locale } = admin
  const t = translator(locale, 'people.invited')
  const words = translator(locale, 'people')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${PATH}?cursor=${cursor}`, label }
  return (
    <AdminPage {...admin} current="people">
      <Done locale={locale} done={done} />
      <PageHeader
        title={t('title')}
        intro={t('intro')}
        crumbs={{ label: words('crumbs'), items: [{ label: words('title'), href: '/admin/people' }] }}
        actions={
          page.invitations.length === 0 ? undefined : (
            <LinkButton href="/admin/people/invite">{words('invite')}</LinkButton>
          )
        }
      />
      <div className="flex flex-col gap-6">
        <Table locale={locale} timeZone={timeZone} page={page} actions={actions} seed={seed} />
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, words('previous'))}
          next={link(page.nextCursor, words('next'))}
        />
      </div>
    </AdminPage>
  )
}
