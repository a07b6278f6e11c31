import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDraft } from '#lib/teach/drafts'
import {
  isPublishable,
  judge,
  type JudgedLesson,
  type JudgedModule,
  linkedIds,
  type Published,
  releaseCycles,
} from '#lib/teach/publish-rules'

// What keeps a course from its readers, and where its author is sent to put it right.

type Node = Readonly<{ type: string; [key: string]: unknown }>

const words = (text: string, href?: string): Node => ({
  type: 'text',
  text,
  ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href } }] }),
})
const paragraph = (...content: readonly Node[]): Node => ({ type: 'paragraph', content })
const heading = (level: number, text: string): Node => ({
  type: 'heading',
  attrs: { level },
  content: [words(text)],
})
const picture = (attrs: Readonly<Record<string, unknown>>): Node => ({
  type: 'image',
  attrs: { src: 's/public/x.webp', alt: '', decorative: false, caption: null, width: 1, height: 1, ...attrs },
})
const text = (...content: readonly Node[]): string => JSON.stringify({ type: 'doc', content })
const SAID = text(paragraph(words('Something.')))

type Lesson = Omit<JudgedLesson, 'draft' | 'title'>

function lesson(id: string, content: string | null = SAID, more: Partial<Lesson> = {}): JudgedLesson {
  return {
    ...{ id, title: id, draft: readDraft(content), video: 'none', captions: false },
    ...{ duration: null, completion: 'MARKED', releaseAfterId: null },
    ...more,
  }
}

const NONE: Published = { courses: new Set(), lessons: new Map() }

function findings(lessons: readonly JudgedLesson[], published = NONE) {
  const modules: JudgedModule[] = [{ id: 'm', title: 'Module', lessons }]
  return judge({ courseId: 'c', modules, published, anchorsOf: () => new Set(['s-here']) })
}

const rulesOf = (...given: Parameters<typeof findings>) => findings(...given).map(({ rule }) => rule)

describe('a course', () => {
  test('without lessons can’t be published; one with something in every lesson can', () => {
    const empty = judge({ courseId: 'c', modules: [], published: NONE, anchorsOf: () => new Set() })
    expect(empty.map(({ rule }) => rule)).toEqual(['no-lessons'])
    expect(isPublishable(empty)).toBe(false)
    expect(findings([lesson('a'), lesson('b')])).toEqual([])
  })

  test('may have a module without lessons beside others, and is told', () => {
    const modules = [
      { id: 'm', title: 'Full', lessons: [lesson('a')] },
      { id: 'n', title: 'Hollow', lessons: [] },
    ]
    const found = judge({ courseId: 'c', modules, published: NONE, anchorsOf: () => new Set() })
    expect(found).toMatchObject([{ rule: 'empty-module', module: 'Hollow', lesson: null }])
    expect(isPublishable(found)).toBe(true)
  })
})

describe('a lesson', () => {
  test('is empty without words, pictures and film', () => {
    expect(rulesOf([lesson('a', null), lesson('b', text(paragraph()))])).toEqual([
      'empty-lesson',
      'empty-lesson',
    ])
    expect(rulesOf([lesson('a', null, { video: 'elsewhere' })])).toEqual([])
    expect(rulesOf([lesson('a', text(picture({ decorative: true })))])).toEqual([])
  })

  test('whose text can’t be read is named as such, and as nothing else', () => {
    for (const content of [
      'no json',
      '{}',
      text({ type: 'script' }),
      text({ type: 'heading', attrs: { level: 1 } }),
    ])
      expect(rulesOf([lesson('a', content)])).toEqual(['unreadable'])
  })

  test('shows each picture that nobody described, at its block, however deep it stands', () => {
    const quote: Node = { type: 'blockquote', content: [paragraph(), picture({ alt: '  ' })] }
    const missing: Node = {
      ...picture({}),
      attrs: { src: 's/public/x.webp', caption: null, width: 1, height: 1 },
    }
    const content = text(paragraph(words('One')), picture({}), picture({ alt: 'A cat' }), quote, missing)
    const spots = findings([lesson('a', content)]).map(({ rule, block }) => [rule, block])
    expect(spots).toEqual([
      ['image-alt', 1],
      ['image-alt', 3],
      ['image-alt', 4],
    ])
  })

  test('needs captions for the school’s own film, not for one on a platform', () => {
    expect(rulesOf([lesson('a', SAID, { video: 'own' })])).toEqual(['captions'])
    expect(rulesOf([lesson('a', SAID, { video: 'own', captions: true })])).toEqual([])
    expect(rulesOf([lesson('a', SAID, { video: 'elsewhere' })])).toEqual([])
  })

  test('needs captions for each film of the school’s own in its text, and says which', () => {
    const film = (title: string, captions: string | null): Node => ({
      type: 'video',
      attrs: { key: 's/private/lessons/a.mp4', captions, title },
    })
    const inQuote: Node = { type: 'blockquote', content: [film('Silent', null)] }
    const content = text(paragraph(words('Look.')), film('Told', 's/private/lessons/a.vtt'), inQuote)
    expect(findings([lesson('a', content)])).toMatchObject([{ rule: 'captions', block: 2, detail: 'Silent' }])
    expect(rulesOf([lesson('a', text(film('Alone', 's/private/lessons/a.vtt')))])).toEqual([])
  })

  test('that has to be watched needs a film, and the film a length', () => {
    const watched = { completion: 'WATCHED' } as const
    expect(rulesOf([lesson('a', SAID, watched)])).toEqual(['watched-without-video'])
    expect(rulesOf([lesson('a', SAID, { ...watched, video: 'elsewhere' })])).toEqual([
      'watched-without-duration',
    ])
    expect(rulesOf([lesson('a', SAID, { ...watched, video: 'elsewhere', duration: 60 })])).toEqual([])
  })

  test('may leave out a level of headings, and is told where', () => {
    const content = text(
      heading(2, 'A'),
      heading(4, 'Deep'),
      heading(2, 'B'),
      heading(3, 'C'),
      heading(4, 'D'),
    )
    expect(findings([lesson('a', content)])).toMatchObject([
      { rule: 'heading-order', block: 1, detail: 'Deep' },
    ])
    expect(rulesOf([lesson('a', text(heading(3, 'First')))])).toEqual(['heading-order'])
    expect(isPublishable(findings([lesson('a', content)]))).toBe(true)
  })
})

describe('links', () => {
  const published: Published = { courses: new Set(['open']), lessons: new Map([['l1', 'open']]) }
  const linking = (href: string) =>
    rulesOf([lesson('a', text(paragraph(words('x', href)))), lesson('b')], published)

  test.each(['/learn/c/b', '/learn/c/b#s-here', '/learn/open/l1', '/courses/open', '/courses/c', '#s-here'])(
    '%s leads somewhere',
    (href) => expect(linking(href)).toEqual([]),
  )

  test.each(['/courses', '/dashboard', 'https://elsewhere.example/learn/x/y', 'mailto:a@b.example', '#'])(
    '%s is nobody’s to judge here',
    (href) => expect(linking(href)).toEqual([]),
  )

  test.each([
    '/learn/c/gone',
    '/learn/c/b#s-gone',
    '/learn/open/b',
    '/learn/closed/l1',
    '/courses/closed',
    '/courses/closed?x=1#y',
    '#s-gone',
  ])('%s leads nowhere, and stops the course', (href) => expect(linking(href)).toEqual(['broken-link']))

  test('are looked for in every part of a text, and looked up once each', () => {
    const cell = (href: string): Node => ({
      type: 'tableCell',
      attrs: { colspan: 1, rowspan: 1 },
      content: [paragraph(words('x', href))],
    })
    const content = text(
      {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [paragraph(words('x', '/courses/one'))] }],
      },
      { type: 'table', content: [{ type: 'tableRow', content: [cell('/learn/two/three')] }] },
      paragraph(words('x', '/courses/one')),
    )
    const modules = [{ id: 'm', title: 'M', lessons: [lesson('a', content)] }]
    expect(linkedIds(modules)).toEqual({ courseIds: ['one'], lessonIds: ['three'] })
  })
})

describe('the order of release', () => {
  test('names every lesson that waits for itself, and only those', () => {
    const graph = fc.array(fc.option(fc.nat({ max: 9 })), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(graph, (after) => {
        const rows = after.map((to, n) => ({ id: `l${n}`, releaseAfterId: to === null ? null : `l${to}` }))
        const next = new Map(rows.map(({ id, releaseAfterId }) => [id, releaseAfterId]))
        const circles = (start: string): boolean => {
          let at = next.get(start) ?? null
          for (let steps = 0; steps <= rows.length && at !== null; steps += 1) {
            if (at === start) return true
            at = next.get(at) ?? null
          }
          return false
        }
        const expected = rows.map(({ id }) => id).filter(circles)
        expect([...releaseCycles(rows)].sort()).toEqual(expected.sort())
      }),
    )
  })

  test('stops a course that goes in a circle, and mentions a lesson that isn’t there', () => {
    const circle = [lesson('a', SAID, { releaseAfterId: 'b' }), lesson('b', SAID, { releaseAfterId: 'a' })]
    expect(rulesOf([...circle, lesson('c', SAID, { releaseAfterId: 'a' })])).toEqual([
      'release-cycle',
      'release-cycle',
    ])
    const gone = findings([lesson('a', SAID, { releaseAfterId: 'gone' })])
    expect(gone).toMatchObject([{ rule: 'release-elsewhere' }])
    expect(isPublishable(gone)).toBe(true)
  })
})

test('whatever is stored as a text, judging it ends in findings', () => {
  const json = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((inner) => `{"type":"doc","content":[${inner}]}`),
  )
  fc.assert(
    fc.property(json, (content) => {
      const found = findings([lesson('a', content)])
      expect(found.every(({ lesson: named }) => named?.id === 'a')).toBe(true)
    }),
  )
})
