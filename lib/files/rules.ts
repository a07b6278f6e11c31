import { IMAGE_SHAPES } from './contract'

/**
 * Address of a school's public file on its own host, from its storage key.
 * @returns null without a key, and for a key that isn't this school's or isn't public
 */
export function publicUrl(tenantId: string, key: string | null): string | null {
  const prefix = `${tenantId}/public/`
  return key !== null && key.startsWith(prefix) ? `/media/${key.slice(prefix.length)}` : null
}

/** `<folder>/<id>-<size>.webp`, as stored pictures are named. */
const VARIANT = /(?:^|\/)([a-z]+)\/([0-9a-f]{32})-\d+\.webp$/

const SHAPES = Object.values(IMAGE_SHAPES)

/** The keys of all sizes of a stored picture, smallest first; the key alone for a file that has no sizes. */
export function variantKeys(key: string): string[] {
  const [, folder, id] = VARIANT.exec(key) ?? []
  const shape = SHAPES.find((one) => one.folder === folder)
  if (shape === undefined || id === undefined) return [key]
  const stem = key.slice(0, key.lastIndexOf('-'))
  return shape.sizes.map((size) => `${stem}-${String(size)}.webp`)
}

/**
 * Address of a stored picture in the size that fits: the smallest one of at least `pixels` (width of an avatar or
 * cover, height of a logo), or the largest there is.
 * @returns null as `publicUrl`
 */
export function variantUrl(tenantId: string, key: string | null, pixels: number): string | null {
  if (key === null) return null
  const keys = variantKeys(key)
  const fitting = keys.find((one) => Number(/-(\d+)\.webp$/.exec(one)?.[1] ?? 0) >= pixels)
  return publicUrl(tenantId, fitting ?? keys.at(-1) ?? null)
}
