import { translator } from '#lib/i18n/translate'

/** An address and the one that takes its door, under each other, so that a wrong letter shows. */
export function AddressChange({ locale, before, after }: { locale: string; before: string; after: string }) {
  const t = translator(locale, 'auth.change')
  return (
    <dl className="flex max-w-note flex-col gap-4 rounded-sm bg-sunken p-4">
      <div>
        <dt className="text-14 text-soft">{t('before')}</dt>
        <dd dir="ltr" className="text-start">
          {before}
        </dd>
      </div>
      <div>
        <dt className="text-14 text-soft">{t('after')}</dt>
        <dd dir="ltr" className="text-start font-semibold">
          {after}
        </dd>
      </div>
    </dl>
  )
}
