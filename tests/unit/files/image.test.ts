import sharp from 'sharp'
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors'
import { type ImageKind, MAX_IMAGE_BYTES } from '#lib/files/contract'
import { encodeImage } from '#lib/files/image'
import { turns } from '#lib/files/turns'

/** A picture whose left half is red and whose right half is half-transparent blue. */
function picture(width = 400, height = 200) {
  const pixels = Buffer.alloc(width * height * 4)
  for (let n = 0; n < width * height; n += 1)
    pixels.set(n % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 128], n * 4)
  return sharp(pixels, { raw: { width, height, channels: 4 } })
}

const png = await picture().png().toBuffer()
const jpeg = await picture().flatten().jpeg().toBuffer()
const tiff = await picture().tiff().toBuffer()

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A few kilobytes of PNG that unpack to `side` times `side` black pixels. */
function bomb(side: number): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

async function shapes(bytes: Uint8Array, kind: ImageKind) {
  const variants = await encodeImage(bytes, kind)
  return Promise.all(
    variants.map(async ({ size, bytes: encoded }) => {
      const { format, width, height } = await sharp(encoded).metadata()
      return { size, format, width, height }
    }),
  )
}

const webp = (size: number, width: number, height: number) => ({ size, format: 'webp', width, height })

describe('a picture becomes WebP', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('from %s', async (format) => {
    const bytes = await picture().toFormat(format).toBuffer()
    expect(await shapes(bytes, 'avatar')).toEqual([webp(96, 96, 96), webp(256, 256, 256)])
  })

  it('in the sizes of its kind: squares, at most so high, 16 to 9', async () => {
    expect(await shapes(png, 'logo')).toEqual([webp(64, 128, 64), webp(256, 400, 200)])
    expect(await shapes(png, 'cover')).toEqual([webp(480, 480, 270), webp(960, 960, 540)])
    const banner = await picture(3_000, 100).png().toBuffer()
    expect(await shapes(banner, 'logo')).toEqual([webp(64, 256, 9), webp(256, 1_024, 34)])
  })

  it('with its transparency', async () => {
    const [, logo] = await encodeImage(png, 'logo')
    const { data, info } = await sharp(logo?.bytes).raw().toBuffer({ resolveWithObject: true })
    expect(info.channels).toBe(4)
    expect(data[3]).toBe(255)
    expect(data[info.width * 4 - 1]).toBe(128)
  })

  it('from grey, sixteen-bit and CMYK pixels too', async () => {
    for (const bytes of [
      await picture().toColourspace('b-w').png().toBuffer(),
      await picture().toColourspace('rgb16').png().toBuffer(),
      await picture().flatten().toColourspace('cmyk').jpeg().toBuffer(),
    ])
      expect(await shapes(bytes, 'avatar')).toHaveLength(2)
  })

  it('upright, as the camera was held', async () => {
    const turned = await picture().flatten().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await shapes(turned, 'logo')).toEqual([webp(64, 32, 64), webp(256, 128, 256)])
  })

  it('of the first frame', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 100, height: 100, channels: 3, background } })
        .png()
        .toBuffer()
    const frames = [await frame('#ff0000'), await frame('#0000ff'), await frame('#0000ff')]
    const film = await sharp(frames, { join: { animated: true } })
      .gif({ loop: 0, delay: [100, 100, 100] })
      .toBuffer()
    expect((await sharp(film).metadata()).pages).toBeGreaterThan(1)
    const [, large] = await encodeImage(film, 'avatar')
    expect((await sharp(large?.bytes).metadata()).pages ?? 1).toBe(1)
    expect((await sharp(large?.bytes).stats()).dominant.r).toBeGreaterThan(200)
  })
})

describe('what comes out holds pixels and nothing else', () => {
  it('no place, no camera, no comment', async () => {
    const bytes = await picture()
      .flatten()
      .withExif({
        IFD0: { Make: 'SpyCam', Artist: 'Mia Secret' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">HomeAddress</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    expect(bytes.includes('SpyCam')).toBe(true)
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    for (const { bytes: encoded } of await encodeImage(bytes, 'avatar')) {
      const { exif, xmp, iptc, icc, comments } = await sharp(encoded).metadata()
      expect({ exif, xmp, iptc, icc, comments }).toEqual({})
      for (const trace of ['SpyCam', 'Secret', 'HomeAddress', 'Exif'])
        expect(encoded.includes(trace)).toBe(false)
    }
  })

  it.each([
    ['a page behind a PNG', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')])],
    ['an archive behind a JPEG', Buffer.concat([jpeg, Buffer.from('PK\x03\x04<script>')])],
    [
      'a page in a PNG’s text',
      Buffer.concat([
        png.subarray(0, 33),
        chunk('tEXt', Buffer.from('Comment\0<script>alert(1)</script>')),
        png.subarray(33),
      ]),
    ],
  ])('not even %s', async (_what, polyglot) => {
    expect(polyglot.includes('<script>')).toBe(true)
    for (const { bytes } of await encodeImage(polyglot, 'avatar')) {
      expect(bytes.includes('<script>')).toBe(false)
      expect(bytes.includes('PK\x03\x04')).toBe(false)
    }
  })
})

/** The code and what stands at the field `file`. */
async function refusalOf(bytes: Uint8Array): Promise<string> {
  try {
    await encodeImage(bytes, 'logo')
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.fields['file'] ?? 'no text'}`
    throw error
  }
  return 'no refusal'
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'

describe('what is no picture is refused, by its content', () => {
  it.each<[string, Uint8Array]>([
    ['SVG', Buffer.from(SVG)],
    [
      'SVG with an XML head',
      Buffer.from(`<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG}`),
    ],
    ['compressed SVG', gzipSync(SVG)],
    ['HTML that calls itself PNG', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page that begins as a GIF', Buffer.from('GIF89a/*<script>*/=1;alert(1)')],
    ['half a PNG', png.subarray(0, png.length / 2)],
    ['the head of a PNG', png.subarray(0, 40)],
    ['half a JPEG', jpeg.subarray(0, jpeg.length / 2)],
    ['TIFF', tiff],
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF')],
    ['a picture of nothing', bomb(0)],
    ['noise', Buffer.alloc(1_000, 7)],
    ['no byte', Buffer.alloc(0)],
  ])('%s', async (_what, bytes) => {
    expect(await refusalOf(bytes)).toMatch(
      /^invalid_input: This (isn’t a picture we can read|file is empty)\./,
    )
  })

  it('a bomb of 900 million pixels, at once', async () => {
    const bytes = bomb(30_000)
    expect(bytes.length).toBeLessThan(MAX_IMAGE_BYTES)
    const before = performance.now()
    expect(await refusalOf(bytes)).toMatch(/^invalid_input: .* 40 million pixels/)
    expect(performance.now() - before).toBeLessThan(1_000)
  })

  it('more than 8 MB, before a byte is looked at', async () => {
    expect(await refusalOf(Buffer.alloc(MAX_IMAGE_BYTES + 1))).toMatch(/^payload_too_large: .* 8 MB/)
  })
})

describe('turns', () => {
  it('let no more run at once than they say, and all of them in the end', async () => {
    const inTurn = turns(2, 100)
    let running = 0
    let most = 0
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
    }
    await Promise.all(Array.from({ length: 20 }, () => inTurn(work)))
    expect([most, running]).toEqual([2, 0])
  })

  it('go on after work that failed, and turn away who would wait too long', async () => {
    const inTurn = turns(1, 1)
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        inTurn(async () => {
          if (n === 1) throw new Error('broken')
          return n
        }),
      ),
    )
    expect(results).toMatchObject([
      { status: 'rejected', reason: { message: 'broken' } },
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: { code: 'rate_limited' } },
    ])
    expect(await inTurn(async () => 4)).toBe(4)
  })
})
