/** What pictures may be uploaded, and what becomes of them. */

/** Bytes of an uploaded picture. */
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024

/** For a file field's `accept`. What counts is what the file's content turns out to be. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'] as const

export type ImageKind = 'avatar' | 'logo' | 'cover' | 'picture'

type Shape = Readonly<{
  /** Folder below the school's public one. */
  folder: string
  /** Smallest first; the last one is the one that columns name. Pixels, of what `measure` says. */
  sizes: readonly number[]
  /** Avatars, covers and a lesson's pictures are known by their width, logos by their height. */
  measure: 'width' | 'height'
}>

export const IMAGE_SHAPES = {
  avatar: { folder: 'avatars', sizes: [96, 256], measure: 'width' },
  logo: { folder: 'logos', sizes: [64, 256], measure: 'height' },
  cover: { folder: 'covers', sizes: [480, 960], measure: 'width' },
  picture: { folder: 'pictures', sizes: [1600], measure: 'width' },
} as const satisfies Record<ImageKind, Shape>
