/**
 * Address of a school's public file on its own host, from its storage key.
 * @returns null without a key, and for a key that isn't this school's or isn't public
 */
export function publicUrl(tenantId: string, key: string | null): string | null {
  const prefix = `${tenantId}/public/`
  return key !== null && key.startsWith(prefix) ? `/media/${key.slice(prefix.length)}` : null
}
