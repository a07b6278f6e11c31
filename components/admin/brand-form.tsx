import { ActionForm } from '#components/ui/action-form'
import { ColorField } from '#components/ui/color-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { SelectField } from '#components/ui/select-field'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { zoneGroups } from '#lib/account/rules'
import { formatter, translator } from '#lib/i18n/translate'
import { type BrandSettings, DESCRIPTION_MAX, LOCALES, SCHOOL_NAME_MAX } from '#lib/school/contract'
import { AccentPreview, type PreviewWords } from './accent-preview'
import { formWords } from '../form/form-words'

/** The preview fills the numbers in by itself: they change as the colour is chosen. */
const BLANKS = { hex: '{hex}', own: '{own}', button: '{button}', link: '{link}' } as const

function previewWords(locale: string): PreviewWords {
  const t = translator(locale, 'brand.preview')
  return {
    ...{ title: t('title'), light: t('light'), dark: t('dark') },
    ...{ button: t('button'), link: t('link'), chosen: t('chosen'), text: t('text') },
    ...{ ratios: t('ratios', BLANKS), exact: t('exact') },
    ...{ darker: t('darker', BLANKS), lighter: t('lighter', BLANKS), adjusted: t('adjusted', BLANKS) },
  }
}

function ZoneField({ locale, stored }: { locale: string; stored: string }) {
  const t = translator(locale, 'brand')
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
  const listed = stored === 'UTC' || known.includes(stored)
  return (
    <SelectField
      name="timeZone"
      label={t('timeZone')}
      help={t('timeZoneHelp')}
      defaultValue={stored}
      options={[
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

function LocaleField({ locale, brand, now }: { locale: string; brand: BrandSettings; now: Date }) {
  const t = translator(locale, 'brand')
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const date = (tag: string) => formatter(tag, brand.timeZone).dateTime(now, { dateStyle: 'short' })
  const tags = LOCALES.some((tag) => tag === brand.locale) ? LOCALES : [brand.locale, ...LOCALES]
  return (
    <SelectField
      name="locale"
      label={t('locale')}
      help={t('localeHelp', { example: date(brand.locale) })}
      defaultValue={brand.locale}
      options={tags.map((tag) => ({ value: tag, label: `${names.of(tag) ?? tag} (${date(tag)})` }))}
    />
  )
}

/** The school's name, description, colour, zone and way of writing dates. */
export function BrandForm({
  locale,
  brand,
  now,
  action,
}: {
  locale: string
  brand: BrandSettings
  /** For the examples of dates. */
  now: Date
  action: FormAction
}) {
  const t = translator(locale, 'brand')
  return (
    <ActionForm action={action} submit={t('save')} pendingLabel={t('saving')} messages={formWords(locale)}>
      <HiddenFields values={{ seen: brand.seen }} />
      <TextField
        name="name"
        label={t('name')}
        defaultValue={brand.name}
        maxLength={SCHOOL_NAME_MAX}
        autoComplete="organization"
      />
      <TextArea
        name="description"
        label={t('description')}
        help={t('descriptionHelp')}
        optional={t('optional')}
        defaultValue={brand.description ?? undefined}
        rows={2}
        maxLength={DESCRIPTION_MAX}
      />
      <AccentPreview stored={brand.accentColor.toLowerCase()} words={previewWords(locale)}>
        <ColorField
          name="accentColor"
          label={t('colour')}
          help={t('colourHelp')}
          defaultValue={brand.accentColor}
          pickerLabel={t('picker')}
        />
      </AccentPreview>
      <ZoneField locale={locale} stored={brand.timeZone} />
      <LocaleField locale={locale} brand={brand} now={now} />
    </ActionForm>
  )
}
