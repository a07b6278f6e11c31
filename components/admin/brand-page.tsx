import { ActionForm } from '#components/ui/action-form'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import { SchoolMark } from '#components/shell/school-mark'
import { IMAGE_TYPES, MAX_IMAGE_BYTES } from '#lib/files/contract'
import { formatter, translator } from '#lib/i18n/translate'
import type { BrandSettings } from '#lib/school/contract'
import { AdminPage, type AdminProps } from './admin-page'
import { BrandForm } from './brand-form'
import { formWords } from '../form/form-words'

type Actions = Readonly<{ save: FormAction; upload: FormAction; remove: FormAction }>

type BrandDone = 'brand' | 'logo' | 'logo-removed' | undefined

const DONE = { brand: 'saved', logo: 'logoSaved', 'logo-removed': 'logoRemoved' } as const

function LogoForms({ locale, brand, actions }: { locale: string; brand: BrandSettings; actions: Actions }) {
  const t = translator(locale, 'brand')
  const size = formatter(locale, 'UTC').number(MAX_IMAGE_BYTES / 1024 ** 2, {
    style: 'unit',
    unit: 'megabyte',
  })
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center gap-3">
        <SchoolMark name={brand.name} logoUrl={brand.logoUrl} />
        <span className="font-reading text-18 font-medium">{brand.name}</span>
      </div>
      <ActionForm
        action={actions.upload}
        submit={t('upload')}
        submitLook="quiet"
        pendingLabel={t('uploading')}
        messages={formWords(locale)}
      >
        <FileField
          name="file"
          label={t('logoLabel')}
          help={t('logoHelp', { size })}
          accept={IMAGE_TYPES.join(',')}
        />
      </ActionForm>
      {brand.logoUrl === null ? null : (
        <ActionForm
          action={actions.remove}
          submit={t('remove')}
          submitLook="risky"
          pendingLabel={t('removing')}
          messages={formWords(locale)}
        />
      )}
    </div>
  )
}

/** How the school presents itself: what it is called, its colour, its logo, its time. */
export function BrandPage({
  brand,
  done,
  now,
  actions,
  ...admin
}: AdminProps & { brand: BrandSettings; done: BrandDone; now: Date; actions: Actions }) {
  const { locale } = admin
  const t = translator(locale, 'brand')
  return (
    <AdminPage {...admin} current="brand">
      {done === undefined ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t(DONE[done])} />
        </div>
      )}
      <PageHeader title={t('title')} intro={t('intro', { school: brand.name })} />
      <Section id="identity" title={t('identityTitle')} description={t('identityBody')}>
        <BrandForm locale={locale} brand={brand} now={now} action={actions.save} />
      </Section>
      <Section id="logo" title={t('logoTitle')} description={t('logoBody')}>
        <LogoForms locale={locale} brand={brand} actions={actions} />
      </Section>
    </AdminPage>
  )
}
