// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Catalogue } from '#components/catalog/catalogue'
import { Outline } from '#components/course/outline'
import { ServerError } from '#components/errors/server-error'
import { SchoolHeader } from '#components/shell/school-header'
import { Pager } from '#components/ui/pager'
import type { CataloguePage, CourseCard, OutlineModule } from '#lib/catalog/contract'
import { schoolNav } from '../../components/shell/nav-entries'
import { brand } from './brand'

afterEach(cleanup)

const course: CourseCard = {
  id: 'c1',
  title: 'Bridges',
  description: null,
  coverUrl: null,
  instructorName: 'Ines',
  moduleCount: 1,
  lessonCount: 1,
  durationSeconds: 5400,
  progress: null,
}

const page = (change: Partial<CataloguePage>): CataloguePage => ({
  q: '',
  shelves: [],
  category: null,
  mine: false,
  signedIn: false,
  courses: [course],
  nextCursor: null,
  previousCursor: null,
  ...change,
})

describe('the pager', () => {
  it('offers only the directions that exist', () => {
    const { container } = render(
      <Pager label="Pages" previous={null} next={{ href: '/n', label: 'Next page' }} />,
    )
    expect(screen.getByRole('link', { name: 'Next page' }).getAttribute('href')).toBe('/n')
    expect(container.querySelectorAll('a')).toHaveLength(1)
  })

  it('is absent where there is one page only', () => {
    expect(render(<Pager label="Pages" previous={null} next={null} />).container.innerHTML).toBe('')
  })
})

describe('the catalogue', () => {
  it('keeps the search while paging, whatever was typed', () => {
    render(<Catalogue brand={brand} page={page({ q: 'a&b=c #', nextCursor: 'x+/=' })} />)
    const href = screen.getByRole('link', { name: 'Next page' }).getAttribute('href') ?? ''
    const query = new URL(href, 'http://x.test').searchParams
    expect([query.get('q'), query.get('cursor')]).toEqual(['a&b=c #', 'x+/='])
  })

  it('says how many matched, and speaks only for the page when there are more', () => {
    const first = render(<Catalogue brand={brand} page={page({ q: 'bri' })} />)
    expect(first.container.textContent).toContain('1 course matches “bri”.')
    first.unmount()
    const { container } = render(<Catalogue brand={brand} page={page({ q: 'bri', nextCursor: 'n' })} />)
    expect(container.textContent).toContain('1 course on this page matches “bri”.')
  })

  it('tells a school without courses from a search without matches', () => {
    const first = render(<Catalogue brand={brand} page={page({ courses: [] })} />)
    expect(screen.getByText('No courses yet')).toBeTruthy()
    expect(screen.queryByRole('searchbox')).toBeNull()
    first.unmount()
    render(<Catalogue brand={brand} page={page({ courses: [], q: '{count} <b>' })} />)
    expect(screen.getByText('Nothing matches “{count} <b>”')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Show all courses' }).getAttribute('href')).toBe('/courses')
  })

  it('searches with a plain form that works without a script', () => {
    render(<Catalogue brand={brand} page={page({ q: 'bri' })} />)
    const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search courses' })
    expect([field.name, field.value, field.form?.method, field.form?.getAttribute('action')]).toEqual([
      'q',
      'bri',
      'get',
      '/courses',
    ])
  })
})

describe('a course’s outline', () => {
  const lesson = (id: string, preview: boolean) => ({
    id,
    title: `Lesson ${id}`,
    durationSeconds: 600,
    hasVideo: false,
    preview,
    open: preview,
    done: false,
    lock: null,
  })
  const modules: OutlineModule[] = [
    { id: 'm1', title: 'One', durationSeconds: 1200, lessons: [lesson('a', true), lesson('b', false)] },
    { id: 'm2', title: 'Two', durationSeconds: 600, lessons: [lesson('c', false)] },
  ]

  it('opens the first module and no other', () => {
    const { container } = render(<Outline brand={brand} courseId="c1" modules={modules} opened={false} />)
    expect([...container.querySelectorAll('details')].map((one) => one.open)).toEqual([true, false])
  })

  it('links previews only, and says once that the rest is for enrolled learners', () => {
    render(<Outline brand={brand} courseId="c1" modules={modules} opened={false} />)
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/learn/c1/a'])
    expect(screen.getAllByText(/enrolled learners/)).toHaveLength(1)
  })

  it('says nothing of enrolment when every lesson is open', () => {
    render(
      <Outline
        brand={brand}
        courseId="c1"
        opened
        modules={[{ ...modules[0], id: 'm', title: 'M', durationSeconds: 0, lessons: [lesson('a', true)] }]}
      />,
    )
    expect(screen.queryByText(/enrolled learners/)).toBeNull()
  })
})

describe('the frame of a school', () => {
  it('marks the place that a page lies in, lessons included', () => {
    for (const [path, place] of [
      ['/', 'Home'],
      ['/courses', 'Courses'],
      ['/courses/x', 'Courses'],
      ['/learn/a/b', 'Courses'],
    ] as const) {
      const { container, unmount } = render(
        <SchoolHeader brand={brand} entries={schoolNav('en', path, null)} account={null} bell={null} />,
      )
      expect(
        [...container.querySelectorAll('[aria-current=page]')].map((link) => link.textContent),
        path,
      ).toEqual([place])
      unmount()
    }
  })
})

describe('an unexpected error', () => {
  it('shows its number and a way on, also when there is no number', () => {
    const first = render(<ServerError errorId="k3f9" />)
    expect(screen.getByText(/k3f9/)).toBeTruthy()
    first.unmount()
    render(<ServerError errorId={null} />)
    expect(screen.queryByText(/Error number/)).toBeNull()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })
})
