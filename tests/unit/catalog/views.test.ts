import { describe, expect, it } from 'vitest'
import { lessonOf, modulesOf, videoOf } from '#lib/catalog/views'
import type { School } from '#lib/tenancy/school'

const school: School = {
  id: 'acme',
  subdomain: 'acme',
  name: 'Acme',
  description: null,
  logo: null,
  accentColor: '#0f766e',
  plan: 'PRO',
  status: 'ACTIVE',
  timeZone: 'UTC',
  locale: 'en',
  signUp: 'INVITED',
  mailDomains: [],
  staffSecondFactor: false,
  tutor: true,
}
const row = (moduleId: string, lessonId: string | null, preview = false) => ({
  moduleId,
  moduleTitle: moduleId,
  lessonId,
  lessonTitle: lessonId,
  duration: 60,
  hasVideo: false,
  preview,
  completed: false,
  released: true,
  releaseAt: null,
  releaseAfterId: null,
})

describe('modulesOf', () => {
  it('groups rows in their order and keeps a module without lessons', () => {
    const modules = modulesOf([row('m1', 'a'), row('m1', 'b'), row('m2', null), row('m3', 'c')], {
      opened: false,
      inCharge: false,
    })
    expect(
      modules.map((module) => [module.id, module.lessons.map((lesson) => lesson.id), module.durationSeconds]),
    ).toEqual([
      ['m1', ['a', 'b'], 120],
      ['m2', [], 0],
      ['m3', ['c'], 60],
    ])
  })
})

describe('lessonOf', () => {
  const lesson = (id: string) => ({
    id,
    opened: false,
    inCharge: false,
    enrollmentId: null,
    progress: null,
    released: true,
    captions: null,
    completion: 'MARKED' as const,
    completionPercent: 90,
    tutorOn: true,
    completed: false,
    viewed: false,
    lastPosition: 0,
    watchedSeconds: 0,
    title: id,
    courseId: 'c',
    courseTitle: 'C',
    moduleTitle: 'M',
    content: null,
    videoUrl: null,
    duration: null,
  })
  const rows = [row('m1', 'a', true), row('m1', 'b'), row('m2', 'c', true), row('m3', null), row('m4', 'd')]

  it('knows its place among all lessons, and leads only to lessons that are open', () => {
    expect(lessonOf(school, lesson('c'), rows)).toMatchObject({
      position: 3,
      total: 4,
      previous: { id: 'a' },
      next: null,
    })
    expect(lessonOf(school, lesson('a'), rows)).toMatchObject({
      position: 1,
      previous: null,
      next: { id: 'c' },
    })
  })
})

describe('the way on', () => {
  const learner = (id: string) => ({
    ...{ id, opened: true, inCharge: false, enrollmentId: 'e', progress: 0, released: true, captions: null },
    ...{ completion: 'MARKED' as const, completionPercent: 90, completed: false, viewed: true },
    tutorOn: true,
    ...{ lastPosition: 0, watchedSeconds: 0, title: id, courseId: 'c', courseTitle: 'C', moduleTitle: 'M' },
    ...{ content: null, videoUrl: null, duration: null },
  })
  const waiting = (id: string, after: string, releaseAt: Date | null = null) => ({
    ...{ ...row('m1', id), released: false, releaseAfterId: after, releaseAt },
  })

  it('leads to the lesson that waits for just this one', () => {
    const rows = [row('m1', 'a'), waiting('b', 'a'), row('m1', 'c')]
    expect(lessonOf(school, learner('a'), rows).next).toEqual({ id: 'b', title: 'b' })
  })

  it('leads past one that waits for another lesson or for a day', () => {
    const tomorrow = new Date(Date.now() + 86_400_000)
    const rows = [row('m1', 'a'), waiting('b', 'x'), waiting('c', 'a', tomorrow), row('m1', 'd')]
    expect(lessonOf(school, learner('a'), rows).next).toEqual({ id: 'd', title: 'd' })
  })

  it('shows a visitor none that isn’t a preview', () => {
    const visitor = { ...learner('a'), opened: false, enrollmentId: null }
    expect(lessonOf(school, visitor, [row('m1', 'a', true), waiting('b', 'a')]).next).toBeNull()
  })
})

describe('videoOf', () => {
  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', { provider: 'youtube', id: 'dQw4w9WgXcQ' }],
    ['https://youtu.be/dQw4w9WgXcQ?t=4', { provider: 'youtube', id: 'dQw4w9WgXcQ' }],
    ['https://vimeo.com/76979871', { provider: 'vimeo', id: '76979871' }],
    [
      'acme/public/sky/moon.mp4',
      { url: '/media/sky/moon.mp4', captionsUrl: '/media/sky/moon.vtt', posterUrl: '/media/sky/moon.webp' },
    ],
    ['globex/public/sky/moon.mp4', null],
    ['https://evil.test/watch?v=dQw4w9WgXcQ', null],
    ['https://www.youtube.com.evil.test/watch?v=dQw4w9WgXcQ', null],
    ['javascript:alert(1)', null],
    [null, null],
  ])('%s', (url, expected) => {
    expect(videoOf(school, url)).toEqual(expected)
  })
})
