import { AdminPage, type AdminProps } from '#components/admin/admin-page'
import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { CheckboxGroup } from '#components/ui/checkbox-group'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import { translator } from '#lib/i18n/translate'
import { INVITATION_DAYS } from '#lib/identity/contract'
import type { InvitePlaces, RoleChoice } from '#lib/people/contract'
import type { GivenRole } from '#lib/people/rules'
import { customChoices, roleChoices } from './person-roles'

type Props = AdminProps & {
  places: InvitePlaces
  roles: readonly GivenRole[]
  roleChoices: readonly RoleChoice[]
  action: FormAction
}

function Places({ locale, places }: { locale: string; places: InvitePlaces }) {
  const t = translator(locale, 'people.inviting')
  if (places === null) return null
  const { used, limit } = places
  if (used < limit) return <p className="mb-6 text-14 text-soft">{t('places', { count: limit - used })}</p>
  return (
    <div className="mb-8">
      <Notice tone="warn" title={t('full')}>
        {t('fullBody', { used, limit })}
      </Notice>
    </div>
  )
}

/** The form that invites one person. */
export function InvitePage({ places, roles, roleChoices: custom, action, ...admin }: Props) {
  const { locale } = admin
  const t = translator(locale, 'people.inviting')
  const words = translator(locale, 'people')
  const choices = customChoices(locale, custom)
  return (
    <AdminPage {...admin} current="people">
      <PageHeader
        title={t('title')}
        intro={t('intro', { days: INVITATION_DAYS })}
        crumbs={{ label: words('crumbs'), items: [{ label: words('title'), href: '/admin/people' }] }}
        actions={
          <>
            <LinkButton href="/admin/people/invitations" look="plain">
              {t('open')}
            </LinkButton>
            <LinkButton href="/admin/people/import" look="quiet">
              {words('import')}
            </LinkButton>
          </>
        }
      />
      <Places locale={locale} places={places} />
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={words('pending')}
        messages={{ ...formWords(locale), saved: t('saved') }}
        onceDone="clear"
      >
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="off"
          autoCapitalize="none"
          maxLength={254}
        />
        <TextField
          name="name"
          label={t('name')}
          help={t('nameHelp')}
          optional={words('optional')}
          autoComplete="off"
          maxLength={200}
        />
        <RadioGroup
          name="role"
          label={t('role')}
          choices={roleChoices(locale, roles)}
          defaultValue="STUDENT"
        />
        {choices.length === 0 ? null : (
          <CheckboxGroup name="roleIds" label={t('custom')} optional={words('optional')} choices={choices} />
        )}
      </ActionForm>
    </AdminPage>
  )
}
