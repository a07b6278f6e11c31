// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ICON_NAMES } from '../../components/ui/icon-names'

const CSS = readFileSync('app/icons.css', 'utf8')
const drawn = [...CSS.matchAll(/^ {2}\.i-([a-z][a-z-]*) \{\n {4}--i: url\("data:image\/svg\+xml,(.+)"\);/gm)]

test('every icon that a component may name is drawn, and no other', () => {
  expect(drawn.map(([, name]) => name)).toEqual([...ICON_NAMES])
})

test('every drawing is one that a browser can parse', () => {
  const parser = new DOMParser()
  for (const [, name, text] of drawn) {
    const svg = parser.parseFromString(decodeURIComponent(text ?? ''), 'image/svg+xml').documentElement
    expect([name, svg.localName, svg.querySelector('path')?.getAttribute('d')?.slice(0, 1)]).toEqual([
      name,
      'svg',
      'M',
    ])
  }
})
