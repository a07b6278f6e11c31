import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { RulesPage } from '#components/awards/rules-page'
import { anyPerson } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'

const rules = page({
  id: 'school.badges',
  access: anyPerson('Whoever can earn something may know how.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: () => Promise.resolve(null),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'badgeRules')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (_data, { school }) => <RulesPage locale={school.locale} />,
})

export default rules.Page
export const generateMetadata = rules.generateMetadata
