import { z } from 'zod'
import { saveBrand, takeLogoAway, uploadLogo } from '#app/actions/school'
import { schoolRefusal } from '#app/refusals'
import { BrandPage } from '#components/admin/brand-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { getSchoolSettings } from '#lib/db/queries/school'
import { variantUrl } from '#lib/files/rules'
import { translator } from '#lib/i18n/translate'
import { brandSearch } from '#lib/school/contract'

/** Height of the logo as the page shows it, on a screen of twice the dots. */
const LOGO_PIXELS = 64

const brand = page({
  id: 'admin.brand',
  access: can('school:settings'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: brandSearch,
  load: async ({ db, school }) => {
    const { name, description, accentColor, timeZone, locale, logo, updatedAt } = await getSchoolSettings(db)
    return {
      ...{ name, description, accentColor, timeZone, locale },
      logoUrl: variantUrl(school.id, logo, LOGO_PIXELS),
      seen: updatedAt.toISOString(),
    }
  },
  metadata: (_brand, { school }) => ({
    title: `${translator(school.locale, 'brand')('title')} · ${school.name}`,
  }),
  render: (stored, { school, actor, search }) => (
    <BrandPage
      locale={school.locale}
      permissions={person(actor).permissions}
      brand={stored}
      done={search.done}
      now={new Date()}
      actions={{ save: saveBrand, upload: uploadLogo, remove: takeLogoAway }}
    />
  ),
})

export default brand.Page
export const generateMetadata = brand.generateMetadata
