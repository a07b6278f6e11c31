// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { FilmCard } from '#components/lesson/film-card'

afterEach(cleanup)

const FILMS = [
  [
    { provider: 'youtube', id: 'dQw4w9WgXcQ' },
    /^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ\?/,
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  ],
  [
    { provider: 'vimeo', id: '123456789' },
    /^https:\/\/player\.vimeo\.com\/video\/123456789\?dnt=1/,
    'https://vimeo.com/123456789',
  ],
] as const

const show = (film: (typeof FILMS)[number][0]) =>
  render(<FilmCard locale="en" film={film} title="How tides turn" />).container

const play = () => screen.getByRole('link', { name: /How tides turn.*Play here/ })

describe.each(FILMS)('a film of %o in a lesson’s text', (film, player, address) => {
  it('names itself and its platform, and shows nothing of the platform’s', () => {
    const view = show(film)
    expect(play().getAttribute('href')).toBe(address)
    const name = film.provider === 'youtube' ? 'YouTube' : 'Vimeo'
    const elsewhere = screen.getByRole('link', { name: new RegExp(`Open it on ${name}.*How tides turn`) })
    expect(elsewhere.getAttribute('href')).toBe(address)
    expect(view.querySelectorAll('iframe, img, video, script, link')).toHaveLength(0)
  })

  it('becomes the platform’s player when it is pressed, sandboxed and with the focus in it', async () => {
    const view = show(film)
    expect(fireEvent.click(play())).toBe(false)
    const frame = await screen.findByTitle('Video: How tides turn')
    expect(frame.getAttribute('src')).toMatch(player)
    expect(frame.getAttribute('sandbox')).not.toContain('allow-top-navigation')
    await waitFor(() => expect(document.activeElement).toBe(frame))
    expect(view.querySelectorAll('iframe')).toHaveLength(1)
  })

  it('stays a link to whoever opens it in a tab of its own', () => {
    const view = show(film)
    for (const key of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey'])
      expect(fireEvent.click(play(), { [key]: true }), key).toBe(true)
    expect(view.querySelector('[aria-busy=true], iframe')).toBeNull()
  })
})
