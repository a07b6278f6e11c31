import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { CheckboxGroup } from '#components/ui/checkbox-group'
import { HiddenFields } from '#components/ui/hidden-fields'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { translator } from '#lib/i18n/translate'
import type { PersonView, RoleChoice } from '#lib/people/contract'
import { type GivenRole, ROLES } from '#lib/people/rules'
import type { PersonActions } from './person-actions'

/** The built-in roles; those beyond the reader can be seen, and not chosen. */
export function roleChoices(locale: string, offered: readonly GivenRole[]) {
  const t = translator(locale, 'people')
  return ROLES.map((role) => ({
    value: role,
    label: t(`roles.${role}`),
    description: offered.includes(role) ? t(`roleAbout.${role}`) : t('person.roleBeyond'),
    disabled: !offered.includes(role),
  }))
}

/** The school's own roles, in the same way. */
export function customChoices(locale: string, choices: readonly RoleChoice[]) {
  const t = translator(locale, 'people.person')
  return choices.map(({ id, name, description, offered }) => ({
    value: id,
    label: name,
    description: offered ? (description ?? undefined) : t('roleBeyond'),
    disabled: !offered,
  }))
}

/** What a person may do. */
export function PersonRoles({
  locale,
  person,
  actions,
}: {
  locale: string
  person: PersonView
  actions: PersonActions
}) {
  const t = translator(locale, 'people.person')
  const saving = translator(locale, 'admin.form')('saving')
  // Being the last admin leaves nothing to choose.
  const roles = person.lastAdmin ? person.roles.filter((role) => role === 'ADMIN') : person.roles
  return (
    <>
      {person.lastAdmin ? null : (
        <Section id="role" title={t('roleTitle')} description={t('roleIntro')}>
          <ActionForm
            action={actions.changeRole}
            submit={t('roleSave')}
            submitLook="quiet"
            pendingLabel={saving}
            messages={formWords(locale)}
          >
            <HiddenFields values={{ userId: person.id, seen: person.role }} />
            <RadioGroup
              name="role"
              label={t('roleLabel')}
              choices={roleChoices(locale, roles)}
              defaultValue={person.role}
            />
          </ActionForm>
        </Section>
      )}
      <Section id="custom" title={t('customTitle')} description={t('customIntro')}>
        {person.roleChoices.length === 0 ? (
          <p className="text-soft">{t('customNone')}</p>
        ) : (
          <ActionForm
            action={actions.changeCustomRoles}
            submit={t('customSave')}
            submitLook="quiet"
            pendingLabel={saving}
            messages={formWords(locale)}
          >
            <HiddenFields values={{ userId: person.id, seen: person.customRoleIds.join() }} />
            <CheckboxGroup
              name="roleIds"
              label={t('customLabel')}
              optional=""
              choices={customChoices(locale, person.roleChoices)}
              defaultValues={person.customRoleIds}
            />
          </ActionForm>
        )}
      </Section>
    </>
  )
}
