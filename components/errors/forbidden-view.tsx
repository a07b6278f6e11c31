import { LinkButton } from '#components/ui/link-button'
import type { SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

/** The page exists, and this person's role doesn't include it. */
export function ForbiddenView({ brand }: { brand: SchoolBrand }) {
  const t = translator(brand.locale, 'errors')
  return (
    <Message seed={null} status={t('status', { code: '403' })} title={t('forbiddenTitle')}>
      <p className="mt-4 text-18 text-soft">{t('forbiddenBody', { school: brand.name })}</p>
      <div className="mt-6">
        <LinkButton href="/">{t('toHome')}</LinkButton>
      </div>
    </Message>
  )
}
