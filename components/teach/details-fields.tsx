import { CheckboxGroup } from '#components/ui/checkbox-group'
import { RadioGroup } from '#components/ui/radio-group'
import { SelectField } from '#components/ui/select-field'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { zoneGroups } from '#lib/account/rules'
import { translator } from '#lib/i18n/translate'
import { DESCRIPTION_MAX, type DetailsView, KEY_MAX } from '#lib/teach/contract'
import { TITLE_MAX } from '#lib/teach/rules'

type Props = { locale: string; schoolZone: string; view: DetailsView }

function ZoneField({ locale, schoolZone, view }: Props) {
  const t = translator(locale, 'teach.details')
  const { timeZone: stored } = view.details
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
  const listed = stored === '' || stored === 'UTC' || known.includes(stored)
  return (
    <SelectField
      name="timeZone"
      label={t('timeZone')}
      help={t('timeZoneHelp')}
      defaultValue={stored}
      options={[
        { value: '', label: t('schoolZone', { zone: schoolZone }) },
        { value: 'UTC', label: t('universal') },
        ...(listed ? [] : [{ value: stored, label: stored }]),
      ]}
      groups={zoneGroups(known).map(({ region, zones }) => ({
        label: region,
        options: zones.map(({ id, city }) => ({ value: id, label: city })),
      }))}
    />
  )
}

function Categories({ locale, view }: Omit<Props, 'schoolZone'>) {
  const t = translator(locale, 'teach.details')
  const optional = translator(locale, 'teach.form')('optional')
  return (
    <>
      {view.categories.length === 0 ? null : (
        <CheckboxGroup
          name="categories"
          label={t('categories')}
          help={t('categoriesHelp')}
          optional={optional}
          choices={view.categories.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValues={view.details.categories.split(',')}
        />
      )}
      <TextArea
        name="newCategories"
        label={t('newCategories')}
        help={view.categories.length === 0 ? t('noCategories') : t('newCategoriesHelp')}
        optional={optional}
        rows={1}
      />
    </>
  )
}

function Enrollment({ locale, view }: Omit<Props, 'schoolZone'>) {
  const t = translator(locale, 'teach.details')
  const { enrollment, enrollmentKey, capacity } = view.details
  return (
    <>
      <RadioGroup
        name="enrollment"
        label={t('enrollment')}
        choices={(['OPEN', 'INVITED', 'KEY'] as const).map((mode) => ({
          value: mode,
          label: t(`modes.${mode}`),
          description: t(`modeNotes.${mode}`),
        }))}
        defaultValue={enrollment}
      />
      <TextField
        name="enrollmentKey"
        label={t('enrollmentKey')}
        help={t('enrollmentKeyHelp')}
        optional={translator(locale, 'teach.form')('optional')}
        defaultValue={enrollmentKey}
        maxLength={KEY_MAX}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        name="capacity"
        label={t('capacity')}
        help={t('capacityHelp')}
        optional={t('noLimit')}
        defaultValue={capacity}
        inputMode="numeric"
        maxLength={7}
        autoComplete="off"
      />
    </>
  )
}

/** The fields of a course’s details. */
export function DetailsFields(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'teach.details')
  const optional = translator(locale, 'teach.form')('optional')
  const { title, description, outcomes } = view.details
  return (
    <>
      <TextField
        name="title"
        label={t('title')}
        defaultValue={title}
        maxLength={TITLE_MAX}
        autoComplete="off"
      />
      <TextArea
        name="description"
        label={t('description')}
        help={t('descriptionHelp')}
        optional={optional}
        defaultValue={description}
        maxLength={DESCRIPTION_MAX}
      />
      <TextArea
        name="outcomes"
        label={t('outcomes')}
        help={t('outcomesHelp')}
        optional={optional}
        defaultValue={outcomes}
      />
      <Categories locale={locale} view={view} />
      <ZoneField {...props} />
      <Enrollment locale={locale} view={view} />
    </>
  )
}
