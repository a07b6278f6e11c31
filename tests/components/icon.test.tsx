import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Icon } from '#components/ui/icon'

test('an icon is one empty element that names its drawing, and its size where that isn’t the usual one', () => {
  expect(renderToStaticMarkup(<Icon name="play" />)).toBe('<span class="icon i-play"></span>')
  expect(renderToStaticMarkup(<Icon name="check" size={18} className="mt-0.5" />)).toBe(
    '<span class="icon i-check i-18 mt-0.5"></span>',
  )
})
