import { Notice } from '#components/ui/notice'
import { translator } from '#lib/i18n/translate'
import type { InvitationDone, PersonDone } from '#lib/people/contract'

/** Says what was just done, on the page that the action led to. */
export function Done({
  locale,
  done,
}: {
  locale: string
  done: PersonDone | InvitationDone | 'deleted' | undefined
}) {
  if (done === undefined) return null
  return (
    <div className="mb-8" role="status">
      <Notice tone="good" title={translator(locale, 'people')(`done.${done}`)} />
    </div>
  )
}
