import { LinkButton } from '#components/ui/link-button'
import type { SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

/** Nothing at this address of a school's host, or nothing that this visitor may know of: the two look alike. */
export function NotFound({ brand }: { brand: SchoolBrand }) {
  const t = translator(brand.locale, 'errors')
  return (
    <Message seed={null} status={t('status', { code: '404' })} title={t('notFoundTitle')}>
      <p className="mt-4 text-18 text-soft">{t('notFoundBody', { school: brand.name })}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <LinkButton href="/courses">{t('toCourses')}</LinkButton>
        <LinkButton href="/" look="quiet">
          {t('toHome')}
        </LinkButton>
      </div>
    </Message>
  )
}
