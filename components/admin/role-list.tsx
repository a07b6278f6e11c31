import { DataTable } from '#components/ui/data-table'
import { DefinitionList } from '#components/ui/definition-list'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import { formatter, translator } from '#lib/i18n/translate'
import type { RoleSummary } from '#lib/roles/contract'
import { AdminPage, type AdminProps } from './admin-page'

export type RolesDone = 'created' | 'saved' | 'deleted' | undefined

/** Permissions that a row of the list names. */
const NAMED = 3

function Adds({ locale, role }: { locale: string; role: RoleSummary }) {
  const t = translator(locale, 'roles')
  const { permissions, unknown } = role
  const named = permissions.slice(0, NAMED).map((permission) => t(`permissionWords.${permission}`))
  const rest = permissions.length - named.length
  return (
    <div className="text-14">
      {permissions.length === 0 ? <span className="text-soft">{t('nothing')}</span> : null}
      {named.length === 0 ? null : (
        <ul className="list-disc ps-4 marker:text-edge">
          {named.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {rest > 0 ? <p className="text-soft">{t('more', { count: rest })}</p> : null}
      {unknown.length === 0 ? null : (
        <p className="mt-1 text-warn">{t('unknown', { count: unknown.length, list: unknown.join(', ') })}</p>
      )}
    </div>
  )
}

function Done({ locale, done }: { locale: string; done: RolesDone }) {
  const t = translator(locale, 'roles')
  if (done === undefined) return null
  const words = { created: 'created', saved: 'savedNote', deleted: 'deletedNote' } as const
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={t(words[done])}
        action={
          done === 'created' ? (
            <LinkButton href="/admin/people" look="quiet" size="small">
              {t('toPeople')}
            </LinkButton>
          ) : undefined
        }
      />
    </div>
  )
}

function NoRoles({ locale, seed }: { locale: string; seed: string }) {
  const t = translator(locale, 'roles')
  return (
    <EmptyState seed={`${seed}:roles`} title={t('emptyTitle')} body={t('emptyBody')}>
      <LinkButton href="/admin/roles/new">{t('new')}</LinkButton>
    </EmptyState>
  )
}

/** The roles that a school has made, and a reminder of the three that it has anyway. */
export function RoleList({
  roles,
  done,
  seed,
  ...admin
}: AdminProps & {
  roles: readonly RoleSummary[]
  done: RolesDone
  /** For the drawing of an empty list. */
  seed: string
}) {
  const { locale } = admin
  const t = translator(locale, 'roles')
  const write = formatter(locale, 'UTC')
  return (
    <AdminPage {...admin} current="roles">
      <Done locale={locale} done={done} />
      <PageHeader
        title={t('title')}
        intro={t('intro')}
        actions={roles.length === 0 ? undefined : <LinkButton href="/admin/roles/new">{t('new')}</LinkButton>}
      />
      <DataTable
        caption={t('table')}
        rows={roles}
        rowKey={(role) => role.id}
        empty={<NoRoles locale={locale} seed={seed} />}
        columns={[
          {
            id: 'name',
            header: t('name'),
            cell: (role) => (
              <>
                <a
                  href={`/admin/roles/${role.id}`}
                  className="inline-flex min-h-11 items-center font-medium underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
                >
                  {role.name}
                </a>
                {role.description === null ? null : (
                  <p className="max-w-note text-14 font-normal text-soft">{role.description}</p>
                )}
              </>
            ),
          },
          {
            id: 'permissions',
            header: t('permissions'),
            cell: (role) => <Adds locale={locale} role={role} />,
          },
          { id: 'people', header: t('people'), end: true, cell: (role) => write.number(role.people) },
        ]}
      />
      <div className="mt-10">
        <Section id="built-in" title={t('builtInTitle')} description={t('builtInBody')}>
          <DefinitionList
            items={[
              { term: t('admin'), detail: t('adminBody') },
              { term: t('instructor'), detail: t('instructorBody') },
              { term: t('student'), detail: t('studentBody') },
            ]}
          />
        </Section>
      </div>
    </AdminPage>
  )
}
