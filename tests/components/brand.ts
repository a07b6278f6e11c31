import type { SchoolBrand } from '#lib/catalog/contract'

/** A school for views under test. */
export const brand: SchoolBrand = {
  name: 'Acme Academy',
  subdomain: 'acme',
  logoUrl: null,
  accentColor: '#22D3EE',
  locale: 'en',
  timeZone: 'Europe/Berlin',
}
