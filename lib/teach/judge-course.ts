import 'server-only'
import { findPublished, type JudgedRow, listToJudge } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import type { Finding } from './contract'
import { readDraft } from './drafts'
import { judge, type Judged, type JudgedLesson, type JudgedModule, linkedIds } from './publish-rules'

/** How a page of a document makes its anchors: the view that renders it knows. */
export type AnchorsOf = Judged['anchorsOf']

function videoOf(videoUrl: string | null): JudgedLesson['video'] {
  if (videoUrl === null) return 'none'
  return /^https?:/i.test(videoUrl) ? 'elsewhere' : 'own'
}

/** A public film's captions lie beside it (`videoOf` in lib/catalog/views.ts); an uploaded one's are named. */
function isCaptioned({ videoUrl, captions }: JudgedRow): boolean {
  return captions !== null || /^[^/]+\/public\//.test(videoUrl ?? '')
}

function modulesOf(rows: readonly JudgedRow[]): JudgedModule[] {
  const modules = new Map<string, { id: string; title: string; lessons: JudgedLesson[] }>()
  for (const row of rows) {
    const module = modules.get(row.moduleId) ?? { id: row.moduleId, title: row.moduleTitle, lessons: [] }
    modules.set(row.moduleId, module)
    const { lessonId, title, duration, releaseAfterId } = row
    if (lessonId === null || title === null) continue
    module.lessons.push({
      ...{ id: lessonId, title, duration, releaseAfterId },
      draft: readDraft(row.content),
      video: videoOf(row.videoUrl),
      captions: isCaptioned(row),
      completion: row.completion ?? 'MARKED',
    })
  }
  return [...modules.values()]
}

/** All that stands between a course and its readers. Three statements, whatever the course holds. */
export async function judgeCourse(
  db: TenantDb,
  input: Readonly<{ courseId: string; anchorsOf: AnchorsOf }>,
): Promise<Finding[]> {
  const { courseId, anchorsOf } = input
  const modules = modulesOf(await listToJudge(db, courseId))
  const { courses, lessons } = await findPublished(db, linkedIds(modules))
  const published = {
    courses: new Set(courses),
    lessons: new Map(lessons.map((lesson) => [lesson.id, lesson.courseId])),
  }
  return judge({ courseId, modules, published, anchorsOf })
}
