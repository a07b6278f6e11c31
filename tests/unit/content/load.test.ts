import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { MAX_BYTES } from '#lib/content/bounds'
import { parseDocument } from '#lib/content/document'
import { loadCourses, type SeedCourse, type SeedLesson } from '#prisma/seed/content/load'

const assetKey = (tenant: string, name: string) => `${tenant}/public/seed/${name}`
const courses = loadCourses({ assetKey })
const lessonsOf = (course: SeedCourse): SeedLesson[] => course.modules.flatMap((module) => module.lessons)

describe('the courses of the demo world', () => {
  it('load, each with lessons that a stored document can hold', () => {
    expect(courses.length).toBeGreaterThan(0)
    for (const lesson of courses.flatMap(lessonsOf)) {
      const stored = JSON.stringify(lesson.document)
      expect(stored.length).toBeLessThan(MAX_BYTES)
      expect(parseDocument(stored)).toEqual(lesson.document)
      expect(lesson.plainText.length).toBeGreaterThan(200)
    }
  })

  it('keep the order of headings, so that a screen reader’s outline has no holes', () => {
    const holes = courses.flatMap((course) =>
      lessonsOf(course).filter((lesson) => {
        let last = 1
        return lesson.document.content.some((block) => {
          if (block.type !== 'heading') return false
          const jump = block.attrs.level > last + 1
          last = block.attrs.level
          return jump
        })
      }),
    )
    expect(holes.map((lesson) => lesson.slug)).toEqual([])
  })

  it('show only files of their own tenant, and name each of them for storage', () => {
    for (const course of courses) {
      const keys = new Set(course.assets.map((asset) => assetKey(course.tenant, asset.name)))
      const shown = lessonsOf(course).flatMap((lesson) => [
        ...(lesson.videoUrl === null ? [] : [lesson.videoUrl]),
        ...lesson.document.content.flatMap((block) => (block.type === 'image' ? [block.attrs.src] : [])),
      ])
      const strangers = shown.filter((source) => !source.startsWith('https://') && !keys.has(source))
      expect(strangers).toEqual([])
    }
  })
})

describe('a mistake in a course folder', () => {
  const source = join(__dirname, '../../../prisma/seed/content/spreadsheets-for-small-teams')
  const lesson = '01-a-sheet-that-lasts/01-one-table-one-sheet.md'
  let root = ''

  function loadChanged(file: string, change: (text: string) => string): () => SeedCourse[] {
    root = mkdtempSync(join(tmpdir(), 'courses-'))
    const folder = join(root, 'spreadsheets-for-small-teams')
    cpSync(source, folder, { recursive: true })
    const path = join(folder, file)
    writeFileSync(path, change(readFileSync(path, 'utf8')))
    return () => loadCourses({ assetKey, contentRoot: root })
  }

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('is no mistake when nothing was changed', () => {
    expect(loadChanged(lesson, (text) => text)()).toHaveLength(1)
  })

  it.each([
    [
      'an unknown key',
      'course.json',
      (text: string) => text.replace('"slug"', '"extra": 1, "slug"'),
      /course\.json.*extra/,
    ],
    ['broken JSON', 'course.json', () => '{', /course\.json/],
    [
      'a missing module',
      'course.json',
      (text: string) => text.replace('02-answers', '03-answers'),
      /modules/,
    ],
    ['no head', lesson, (text: string) => text.slice(4), /one-table-one-sheet\.md.*---/],
    [
      'an unknown line in the head',
      lesson,
      (text: string) => text.replace('minutes', 'miles'),
      /one-sheet\.md/,
    ],
    ['HTML', lesson, (text: string) => `${text}\n<br>\n`, /one-sheet\.md.*html/],
    [
      'a clip that is not there',
      lesson,
      (text: string) => text.replace('preview', 'video: clip:none.mp4\npreview'),
      /clip/,
    ],
    [
      'a picture that is not there',
      lesson,
      (text: string) => `${text}\n![x](asset:none.webp)\n`,
      /no such asset/,
    ],
    ['no preview', lesson, (text: string) => text.replace('preview: true\n', ''), /previews/],
  ])('%s is named with its file', (_name, file, change, message) => {
    expect(loadChanged(file, change)).toThrow(message)
  })
})
