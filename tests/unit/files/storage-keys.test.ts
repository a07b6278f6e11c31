import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentTypeOf, isKey, isShown } from '#lib/adapters/storage/keys'
import { exactly, inParts } from '#lib/adapters/storage/streams'
import { collect } from '#tests/support/collect'

describe('a storage key', () => {
  it.each(['acme/public/x.webp', 'acme/private/a/b/c/d/e/f/g/h.bin', 'a1/public/a..b-c_d.webp'])(
    'is %s',
    (key) => {
      expect(isKey(key)).toBe(true)
    },
  )

  it.each([
    'acme/public',
    'acme/public/',
    'acme/x.webp',
    'public/x.webp',
    'Acme/public/x.webp',
    'acme/Public/x.webp',
    '../public/x.webp',
    'acme/public/../x.webp',
    'acme/public/é.webp',
    'acme/public/x.webp\n',
    'acme/public/a/b/c/d/e/f/g/h/i.bin',
    `acme/public/${'x'.repeat(101)}`,
    `${'a'.repeat(41)}/public/x.webp`,
  ])('is not %j', (key) => {
    expect(isKey(key)).toBe(false)
  })

  it('never leads out of its school’s folder, whatever its segments are made of', () => {
    const piece = fc.constantFrom('.', '..', '/', '\\', '%2e', '%2f', 'a', '-', '\0', ' ', 'public', 'acme')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const key = `acme/private/${pieces.join('')}`
        if (!isKey(key)) return
        expect(new URL(`file:///store/${key}`).pathname).toBe(`/store/${key}`)
      }),
    )
  })
})

describe('the type of a stored file', () => {
  it.each([
    'x.html',
    'x.htm',
    'x.xhtml',
    'x.svg',
    'x.svgz',
    'x.xml',
    'x.xsl',
    'x.js',
    'x.mjs',
    'x.css',
    'x',
    'x.bin',
  ])('of %s says nothing, so that no browser runs it', (name) => {
    expect(contentTypeOf(name)).toBe('application/octet-stream')
    expect(isShown(name)).toBe(false)
  })

  it('lets pictures, films and sound be shown, and documents only be saved', () => {
    expect([contentTypeOf('x.PNG'), isShown('x.PNG')]).toEqual(['image/png', true])
    expect([contentTypeOf('x.pdf'), isShown('x.pdf')]).toEqual(['application/pdf', false])
    expect(isShown('constructor')).toBe(false)
  })
})

const chunked = (bytes: Uint8Array, size: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
      controller.close()
    },
  })

describe('streams', () => {
  it('are cut into parts of one size without losing a byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, chunk, size) => {
          const parts = await collect(inParts(chunked(bytes, chunk), size))
          expect(Buffer.concat(parts).equals(bytes)).toBe(true)
          expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true)
          expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true)
        },
      ),
    )
  })

  it('hold exactly the promised length: more is cut off, less is an error and never a short file', async () => {
    const read = async (length: number) =>
      Buffer.concat(await collect(exactly(length, async () => chunked(Buffer.from('0123456789'), 4))))
    expect((await read(10)).toString()).toBe('0123456789')
    expect((await read(5)).toString()).toBe('01234')
    await expect(read(11)).rejects.toThrow('less than it was asked for')
  })
})
