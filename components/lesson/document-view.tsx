import type { LessonDocument } from '#lib/content/document'
import { passageIds } from '#lib/content/passages'
import { Blocks } from './blocks'
import type { HeadingIds } from './heading-ids'

/** A lesson's text, rendered by our own components: no HTML of an author ever reaches the page. */
export function DocumentView({
  document,
  ids,
  locale,
  fileUrl,
}: {
  document: LessonDocument
  ids: HeadingIds
  locale: string
  fileUrl: (key: string, name?: string) => string
}) {
  return (
    <div className="reading">
      <Blocks nodes={document.content} context={{ locale, ids, passages: passageIds(document), fileUrl }} />
    </div>
  )
}
