import { CheckboxGroup } from '#components/ui/checkbox-group'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import type { Permission } from '#lib/auth/permissions'
import { translator } from '#lib/i18n/translate'
import { groupField, ROLE_DESCRIPTION_MAX, ROLE_NAME_MAX } from '#lib/roles/contract'
import { type Grantable, PERMISSION_GROUPS } from '#lib/roles/rules'

/** What a role is called and adds. What the reader doesn't hold can be seen, and not ticked. */
export function RoleFields({
  locale,
  held,
  role,
}: {
  locale: string
  held: ReadonlySet<Permission>
  role: Readonly<{ name: string; description: string | null; permissions: readonly Grantable[] }> | null
}) {
  const t = translator(locale, 'roles')
  return (
    <>
      <TextField
        name="name"
        label={t('nameLabel')}
        help={t('nameHelp')}
        defaultValue={role?.name}
        maxLength={ROLE_NAME_MAX}
        autoComplete="off"
      />
      <TextArea
        name="description"
        label={t('descriptionLabel')}
        optional={t('optional')}
        defaultValue={role?.description ?? undefined}
        rows={2}
        maxLength={ROLE_DESCRIPTION_MAX}
      />
      <div>
        <h2 className="text-18 font-semibold">{t('permissionsTitle')}</h2>
        <p className="mt-1 max-w-column text-14 text-soft">{t('permissionsBody')}</p>
      </div>
      <div className="columns-1 gap-x-8 lg:columns-2">
        {PERMISSION_GROUPS.map(({ group, permissions }) => (
          <div key={group} className="mb-6 break-inside-avoid">
            <CheckboxGroup
              name={groupField(group)}
              label={t(`groups.${group}`)}
              optional=""
              defaultValues={role?.permissions ?? []}
              choices={permissions.map((permission) => ({
                value: permission,
                label: t(`permissionWords.${permission}`),
                ...(held.has(permission) ? {} : { disabled: true, description: t('notYoursHint') }),
              }))}
            />
          </div>
        ))}
      </div>
    </>
  )
}
