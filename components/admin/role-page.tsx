import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import type { Permission } from '#lib/auth/permissions'
import { translator } from '#lib/i18n/translate'
import type { RoleForm } from '#lib/roles/contract'
import type { Grantable } from '#lib/roles/rules'
import { AdminPage, type AdminProps } from './admin-page'
import { formWords } from '../form/form-words'
import { RoleFields } from './role-fields'

type Props = AdminProps & { held: ReadonlySet<Permission> }

function Cancel({ locale }: { locale: string }) {
  return (
    <LinkButton href="/admin/roles" look="plain">
      {translator(locale, 'admin.form')('cancel')}
    </LinkButton>
  )
}

function crumbs(locale: string) {
  const t = translator(locale, 'roles')
  return { label: t('crumbs'), items: [{ label: t('title'), href: '/admin/roles' }] }
}

function listOf(locale: string, permissions: readonly Grantable[]): string[] {
  const t = translator(locale, 'roles')
  return permissions.map((permission) => t(`permissionWords.${permission}`))
}

/** A role to be. */
export function NewRole({ held, action, ...admin }: Props & { action: FormAction }) {
  const { locale } = admin
  const t = translator(locale, 'roles')
  return (
    <AdminPage {...admin} current="roles">
      <PageHeader title={t('newTitle')} intro={t('newIntro')} crumbs={crumbs(locale)} />
      <ActionForm
        action={action}
        submit={t('create')}
        pendingLabel={t('saving')}
        messages={formWords(locale)}
        extra={<Cancel locale={locale} />}
      >
        <RoleFields locale={locale} held={held} role={null} />
      </ActionForm>
    </AdminPage>
  )
}

function WhatGoes({ locale, role }: { locale: string; role: RoleForm }) {
  const t = translator(locale, 'roles')
  const { people, losses, invitations } = role
  return (
    <div className="flex flex-col gap-2">
      {losses.length === 0 ? (
        <p>{t('losesNothing', { count: people })}</p>
      ) : (
        <>
          <p>{t('loses', { count: people })}</p>
          <ul className="list-disc ps-5">
            {losses.map((loss) => (
              <li key={loss.permission}>
                {t('loss', { permission: t(`permissionWords.${loss.permission}`), count: loss.people })}
              </li>
            ))}
          </ul>
        </>
      )}
      {invitations === 0 ? null : <p>{t('invited', { count: invitations })}</p>}
    </div>
  )
}

function Deletion({ locale, role, action }: { locale: string; role: RoleForm; action: FormAction }) {
  const t = translator(locale, 'roles')
  return (
    <div className="mt-12">
      <Section id="delete" title={t('deleteTitle')} description={t('deleteBody')}>
        <ConfirmForm
          id="delete-role"
          trigger={{ label: t('delete'), icon: 'trash' }}
          title={t('deleteAsk', { name: role.name })}
          consequence={<WhatGoes locale={locale} role={role} />}
          action={action}
          values={{ roleId: role.id }}
          submit={t('delete')}
          pendingLabel={t('deleting')}
          cancel={translator(locale, 'admin.form')('cancel')}
          messages={formWords(locale)}
        />
      </Section>
    </div>
  )
}

function Unknown({ locale, names }: { locale: string; names: readonly string[] }) {
  const t = translator(locale, 'roles')
  if (names.length === 0) return null
  return (
    <Notice tone="warn" title={t('unknown', { count: names.length, list: names.join(', ') })}>
      {t('unknownNote')}
    </Notice>
  )
}

function Beyond({ locale, role }: { locale: string; role: RoleForm }) {
  const t = translator(locale, 'roles')
  return (
    <>
      <Notice tone="info" title={t('beyondTitle')}>
        {t('beyond', { list: listOf(locale, role.beyond).join(', ') })}
      </Notice>
      <ul className="list-disc ps-5">
        {listOf(locale, role.permissions).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </>
  )
}

/** A role to change or delete; to look at only, for a reader whom it is beyond. */
export function RolePage({
  held,
  role,
  save,
  remove,
  ...admin
}: Props & { role: RoleForm; save: FormAction; remove: FormAction }) {
  const { locale } = admin
  const t = translator(locale, 'roles')
  const mine = role.beyond.length === 0
  return (
    <AdminPage {...admin} current="roles">
      <PageHeader title={role.name} intro={t('holders', { count: role.people })} crumbs={crumbs(locale)} />
      <div className="flex flex-col gap-6">
        <Unknown locale={locale} names={role.unknown} />
        {mine ? (
          <ActionForm
            action={save}
            submit={t('save')}
            pendingLabel={t('saving')}
            messages={formWords(locale)}
            extra={<Cancel locale={locale} />}
          >
            <HiddenFields values={{ roleId: role.id, seen: role.seen }} />
            <RoleFields locale={locale} held={held} role={role} />
          </ActionForm>
        ) : (
          <Beyond locale={locale} role={role} />
        )}
      </div>
      {mine ? <Deletion locale={locale} role={role} action={remove} /> : null}
    </AdminPage>
  )
}
