// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandPalette } from '#components/palette/command-palette'
import { ShortcutToggle } from '#components/palette/shortcut-toggle'

const labels = {
  title: 'Search',
  placeholder: 'Where to?',
  pages: 'Pages',
  courses: 'Courses',
  lessons: 'Lessons',
  loading: 'Searching…',
  exams: 'Exams',
  nothing: 'Nothing here',
  failed: 'Out of reach',
  close: 'Close',
  move: 'to move',
  open: 'to open',
  leave: 'to close',
}
const pages = [
  { id: 'home', label: 'Home', href: '#home' },
  { id: 'courses', label: 'Courses', href: '#courses' },
]

/** The route's answer; a string stands for a failure. */
let answer: unknown
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
  answer = {
    courses: [{ id: 'c1', title: 'Bridges', href: '/courses/c1' }],
    exams: [{ id: 'x1', title: 'Spans and loads', courseTitle: 'Bridges', href: '/exams/x1' }],
    lessons: [{ id: 'l1', title: 'Arches', courseTitle: 'Bridges', href: '/learn/c1/l1' }],
  }
  // jsdom has no CSS.escape, which the dialog library asks every browser for.
  vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, String.raw`\$&`) })
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return answer === 'down' ? Promise.reject(new Error('down')) : Promise.resolve(Response.json(answer))
  })
})

afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

function setUp() {
  render(
    <>
      <a href="/courses" data-palette-open>
        Find
      </a>
      <label>
        Note
        <input />
      </label>
      <ShortcutToggle label="Single keys" note="note" />
      <CommandPalette pages={pages} labels={labels} />
    </>,
  )
  return userEvent.setup()
}

const field = () => screen.findByRole('searchbox', { name: 'Search' }, { timeout: 5000 })

describe('the command palette', () => {
  it.each(['{Control>}k{/Control}', '{Meta>}k{/Meta}', '/'])(
    'opens by %s with the focus in its field',
    async (keys) => {
      const user = setUp()
      await user.keyboard(keys)
      const input = await field()
      await waitFor(() => expect(document.activeElement).toBe(input))
    },
  )

  it('takes a click on the search link over', async () => {
    const user = setUp()
    await user.click(screen.getByRole('link', { name: 'Find' }))
    expect(await field()).toBeTruthy()
  })

  it('is silent while somebody types, and when single keys are turned off', async () => {
    const user = setUp()
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'a/b?')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('checkbox', { name: 'Single keys' }))
    await user.click(document.body)
    await user.keyboard('/')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.keyboard('{Control>}k{/Control}')
    expect(await field()).toBeTruthy()
  })

  it('lists pages and courses, moves by arrow key and goes where Enter says', async () => {
    const user = setUp()
    await user.keyboard('/')
    await field()
    expect(await screen.findByRole('menuitem', { name: 'Bridges' })).toBeTruthy()
    expect(screen.getByRole('menuitem', { name: /Arches/ })).toBeTruthy()
    expect(screen.getByRole('menuitem', { name: /Spans and loads/ })).toBeTruthy()
    await user.keyboard('hom')
    await waitFor(() => expect(screen.queryByRole('menuitem', { name: 'Courses' })).toBeNull())
    await waitFor(() => expect(asked.at(-1)).toBe('/api/palette?q=hom'))
    const marked = (name: string) =>
      waitFor(() => expect(screen.getByRole('menuitem', { name }).hasAttribute('data-focused')).toBe(true))
    await marked('Home')
    await user.keyboard('{ArrowDown}')
    await marked('Bridges')
    await user.keyboard('{ArrowUp}')
    await marked('Home')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(location.hash).toBe('#home'))
  })

  it('closes by Escape and gives the focus back', async () => {
    const user = setUp()
    const before = screen.getByRole('link', { name: 'Find' })
    before.focus()
    await user.keyboard('/')
    await field()
    await user.keyboard('{Escape}{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(before))
  })

  it('still lists pages when the server can’t be reached, and says so', async () => {
    answer = 'down'
    const user = setUp()
    await user.keyboard('/')
    await field()
    expect(await screen.findByText('Out of reach')).toBeTruthy()
    expect(screen.getByRole('menuitem', { name: 'Home' })).toBeTruthy()
  })

  it('never leads to another host, whatever the answer says', async () => {
    answer = {
      courses: [
        { id: 'x', title: 'Evil', href: '//evil.example' },
        { id: 'y', title: 'Worse', href: 'javascript:1' },
      ],
      lessons: [{ id: 'z', title: 'Worst', courseTitle: 'Evil', href: 'https://evil.example' }],
    }
    const user = setUp()
    await user.keyboard('/')
    await field()
    await waitFor(() => expect(asked).toHaveLength(1))
    expect(screen.queryByRole('menuitem', { name: 'Evil' })).toBeNull()
    expect(screen.queryByRole('menuitem', { name: 'Worse' })).toBeNull()
    expect(screen.queryByRole('menuitem', { name: /Worst/ })).toBeNull()
  })
})
