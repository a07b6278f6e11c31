import { TabsNav } from '#components/ui/tabs-nav'
import type { Permission } from '#lib/auth/permissions'
import { translator } from '#lib/i18n/translate'

const PLACES = [
  { id: 'overview', href: '/admin', needs: 'school:settings' },
  { id: 'people', href: '/admin/people', needs: 'user:read' },
  { id: 'roles', href: '/admin/roles', needs: 'role:manage' },
  { id: 'announcements', href: '/admin/announcements', needs: 'school:settings' },
  { id: 'brand', href: '/admin/brand', needs: 'school:settings' },
  { id: 'settings', href: '/admin/settings', needs: 'school:settings' },
  { id: 'breaks', href: '/admin/breaks', needs: 'school:settings' },
  { id: 'insight', href: '/admin/insight', needs: 'analytics:read-any' },
  { id: 'audit', href: '/admin/audit', needs: 'audit:read' },
] as const satisfies readonly Readonly<{ id: string; href: string; needs: Permission }>[]

export type AdminPlace = (typeof PLACES)[number]['id']

/**
 * The way through the school's administration: only the places that this person may enter, the current one marked.
 * Renders nothing where there is only one.
 */
export function AdminNav({
  locale,
  current,
  permissions,
}: {
  locale: string
  current: AdminPlace
  permissions: Iterable<Permission>
}) {
  const t = translator(locale, 'admin')
  const held = new Set(permissions)
  const places = PLACES.filter((place) => held.has(place.needs))
  if (places.length < 2) return null
  const tabs = places.map(({ id, href }) => ({ href, label: t(`places.${id}`), current: id === current }))
  return <TabsNav label={t('nav')} tabs={tabs} />
}
