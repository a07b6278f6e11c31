import 'server-only'
import { availableParallelism } from 'node:os'
import sharp, { type Sharp } from 'sharp'
import { AppError } from '#lib/errors'
import { IMAGE_SHAPES, type ImageKind, MAX_IMAGE_BYTES } from './contract'
import { turns } from './turns'

/** Bounds what a few bytes can make us allocate: an 8 MB PNG can claim to be a gigapixel. */
const MAX_PIXELS = 40_000_000

/** Seconds of work on one picture. */
const PATIENCE = 15

const FORMATS = new Set(['png', 'jpeg', 'webp', 'gif', 'heif'])

/**
 * The decoders that a stranger's bytes may reach. SVG (which would fetch and render text), TIFF, PDF and the rest are
 * switched off in the library itself, whatever a file calls itself.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
})

// One thread a picture, and half of the machine's cores for pictures: pages are rendered meanwhile.
sharp.concurrency(1)
const inTurn = turns(Math.max(1, Math.floor(availableParallelism() / 2)), 24)

const TEXTS = {
  empty: 'This file is empty.',
  large: 'This picture is larger than 8 MB. Save it smaller and choose it again.',
  unreadable: 'This isn’t a picture we can read. Choose a PNG, JPEG, WebP, GIF or AVIF file.',
  pixels: 'This picture has more than 40 million pixels. Scale it down and choose it again.',
} as const

function refused(reason: keyof typeof TEXTS, cause?: unknown): AppError {
  const code = reason === 'large' ? 'payload_too_large' : 'invalid_input'
  return new AppError(code, `A picture was refused: ${reason}.`, { fields: { file: TEXTS[reason] }, cause })
}

/** One size of a picture; `width` and `height` are what it came out with, in pixels. */
export type EncodedImage = Readonly<{ size: number; width: number; height: number; bytes: Buffer }>

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 }).timeout({
    seconds: PATIENCE,
  })
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.message.includes('exceeds pixel limit')
}

/** Decided by the head alone, before a pixel is decoded. */
async function check(bytes: Uint8Array): Promise<void> {
  const { format, compression, width, height } = await open(bytes).metadata()
  if (!FORMATS.has(format) || (format === 'heif' && compression !== 'av1')) throw refused('unreadable')
  if (width * height > MAX_PIXELS) throw refused('pixels')
}

function resized(image: Sharp, kind: ImageKind, size: number): Sharp {
  switch (kind) {
    case 'avatar':
      return image.resize(size, size, { fit: 'cover' })
    case 'logo':
      // Up to four times as wide as high. A small logo stays small: enlarging adds bytes and no detail.
      return image.resize(size * 4, size, { fit: 'inside', withoutEnlargement: true })
    case 'cover':
      return image.resize(size, Math.round((size * 9) / 16), { fit: 'cover' })
    case 'picture':
      // A lesson shows it whole; a strip of a long screenshot may be five times as high as wide.
      return image.resize(size, size * 5, { fit: 'inside', withoutEnlargement: true })
  }
}

async function encode(bytes: Uint8Array, kind: ImageKind): Promise<EncodedImage[]> {
  await check(bytes)
  const sizes: readonly number[] = IMAGE_SHAPES[kind].sizes
  // The stranger's file is decoded once, to the largest size; the others are made from those pixels.
  const upright = open(bytes).autoOrient().toColourspace('srgb')
  const { data, info } = await resized(upright, kind, Math.max(...sizes))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const variants: EncodedImage[] = []
  for (const size of sizes) {
    const pixels = sharp(data, { raw: { width, height, channels } })
    const webp = await resized(pixels, kind, size).webp({ quality: 84 }).toBuffer({ resolveWithObject: true })
    variants.push({ size, width: webp.info.width, height: webp.info.height, bytes: webp.data })
  }
  return variants
}

/**
 * Decodes a picture that somebody sent and encodes it anew as WebP, in all sizes of its kind, smallest first. What
 * comes out holds pixels and nothing else: no place, camera, comment or foreign bytes. The first frame of a film stays.
 * Takes CPU: never inside a unit of work. A bounded number run at once.
 * @param bytes at most MAX_IMAGE_BYTES of PNG, JPEG, WebP, GIF or AVIF, by their content
 * @throws AppError 'invalid_input' or 'payload_too_large' naming the field `file`, 'rate_limited' when too many wait
 */
export async function encodeImage(bytes: Uint8Array, kind: ImageKind): Promise<EncodedImage[]> {
  if (bytes.byteLength === 0) throw refused('empty')
  if (bytes.byteLength > MAX_IMAGE_BYTES) throw refused('large')
  return inTurn(async () => {
    try {
      return await encode(bytes, kind)
    } catch (error) {
      if (error instanceof AppError) throw error
      throw refused(isTooLarge(error) ? 'pixels' : 'unreadable', error)
    }
  })
}
