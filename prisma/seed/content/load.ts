import { join } from 'node:path'
import type { LessonDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { readAssets, type SeedAsset } from './assets'
import { courseShape, lessonShape, type CourseShape, type LessonShape } from './course-shape'
import { convertMarkdown, type ResolvedAsset, type ResolvedClip } from './markdown'
import { files, folders, readText, SeedContentError } from './read'

export interface SeedLesson {
  slug: string
  title: string
  minutes: number
  preview: boolean
  /** A storage key or an https address: what `Lesson.videoUrl` holds. */
  videoUrl: string | null
  document: LessonDocument
  plainText: string
}

export interface SeedModule {
  slug: string
  title: string
  lessons: SeedLesson[]
}

export interface SeedCourse extends Omit<CourseShape, 'modules'> {
  modules: SeedModule[]
  /** Every file that its lessons show, captions and poster of a clip included: what storage must hold. */
  assets: SeedAsset[]
}

interface LoadOptions {
  /** The storage key of an asset (`<folder>/<file>`) in a tenant (`acme`). */
  assetKey: (tenant: CourseShape['tenant'], name: string) => string
  contentRoot?: string
  assetRoot?: string
}

/** What a course's files are read with: its names, and a note of the assets met on the way. */
interface Reading {
  course: CourseShape
  key: (name: string) => string
  assets: Map<string, SeedAsset>
  used: Map<string, SeedAsset>
}

function take(reading: Reading, name: string): SeedAsset | undefined {
  const full = name.includes('/') ? name : `${reading.course.slug}/${name}`
  const asset = reading.assets.get(full)
  if (asset !== undefined) reading.used.set(full, asset)
  return asset
}

function picture(reading: Reading, name: string): ResolvedAsset | undefined {
  const asset = take(reading, name)
  if (asset === undefined || asset.size === null) return undefined
  return { src: reading.key(asset.name), ...asset.size }
}

/** A clip comes with captions beside it: a video that can't be read is not published. */
function clipOf(reading: Reading, name: string): ResolvedClip {
  const clip = take(reading, name)
  if (clip === undefined) throw new Error(`there is no clip ${name}`)
  const captions = take(reading, name.replace(/mp4$/, 'vtt'))
  if (captions === undefined) throw new Error(`the clip ${name} has no captions`)
  return { key: reading.key(clip.name), captions: reading.key(captions.name) }
}

function videoUrl(reading: Reading, video: LessonShape['video']): string | null {
  if (video === undefined || !video.startsWith('clip:')) return video ?? null
  const name = video.slice('clip:'.length)
  const { key } = clipOf(reading, name)
  take(reading, name.replace(/mp4$/, 'webp'))
  return key
}

function splitLesson(text: string): { head: LessonShape; body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)
  if (match === null) throw new Error('does not begin with a head between two lines of ---')
  const lines = (match[1] ?? '').split('\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const
  })
  return { head: lessonShape.parse(Object.fromEntries(lines)), body: match[2] ?? '' }
}

function readLesson(reading: Reading, path: string, file: string): SeedLesson {
  return readText(join(path, file), (text) => {
    const { head, body } = splitLesson(text)
    const document = convertMarkdown(body, (name) =>
      name.endsWith('.mp4') ? clipOf(reading, name) : picture(reading, name),
    )
    return {
      slug: file.replace(/\.md$/, ''),
      title: head.title,
      minutes: head.minutes,
      preview: head.preview === 'true',
      videoUrl: videoUrl(reading, head.video),
      document,
      plainText: plainText(document),
    }
  })
}

function readModule(reading: Reading, root: string, module: CourseShape['modules'][number]): SeedModule {
  const path = join(root, module.slug)
  const lessons = files(path).map((file) => {
    if (!/^\d\d-[a-z0-9-]+\.md$/.test(file))
      throw new SeedContentError(join(path, file), 'is not named NN-slug.md')
    return readLesson(reading, path, file)
  })
  if (lessons.length === 0) throw new SeedContentError(path, 'has no lessons')
  return { ...module, lessons }
}

/** A visitor tries the beginning of a course, one or two lessons, not something in its middle. */
function checkPreviews(root: string, modules: readonly SeedModule[]): void {
  const previews = modules.flatMap((module) => module.lessons).map((lesson) => lesson.preview)
  const count = previews.filter(Boolean).length
  if (count < 1 || count > 2 || previews.lastIndexOf(true) !== count - 1) {
    throw new SeedContentError(root, 'the previews are not its first one or two lessons')
  }
}

function readCourse(
  root: string,
  slug: string,
  assets: Map<string, SeedAsset>,
  options: LoadOptions,
): SeedCourse {
  const path = join(root, 'course.json')
  const course = readText(path, (text) => courseShape.parse(JSON.parse(text)))
  if (course.slug !== slug) throw new SeedContentError(path, `its slug is not the folder's name`)
  const named = course.modules.map((module) => module.slug)
  if (folders(root).join() !== named.join()) {
    throw new SeedContentError(path, 'its modules are not the folders beside it, in their order')
  }
  const used = new Map<string, SeedAsset>()
  const reading: Reading = { course, key: (name) => options.assetKey(course.tenant, name), assets, used }
  const modules = course.modules.map((module) => readModule(reading, root, module))
  checkPreviews(root, modules)
  return { ...course, modules, assets: [...used.values()] }
}

/**
 * Reads every course folder of the demo world, sorted by name, with each lesson as a checked document.
 * Throws SeedContentError, which names the file, at the first thing that is wrong.
 */
export function loadCourses(options: LoadOptions): SeedCourse[] {
  const root = options.contentRoot ?? __dirname
  const assets = readAssets(options.assetRoot ?? join(__dirname, '..', 'assets'))
  return folders(root).map((slug) => readCourse(join(root, slug), slug, assets, options))
}
