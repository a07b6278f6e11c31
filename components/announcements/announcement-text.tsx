import { Fragment, type ReactNode } from 'react'
import { Time } from '#components/ui/time'
import type { AnnouncementView } from '#lib/announcements/contract'
import { paragraphsOf, type Part } from '#lib/announcements/rules/paragraphs'
import { translator } from '#lib/i18n/translate'
import { momentIn } from '../exam/when'

function Words({ part: { text, href } }: { part: Part }) {
  if (href === null) return text
  return (
    <a
      href={href}
      rel="noopener noreferrer nofollow ugc"
      className="underline underline-offset-2 wrap-anywhere"
    >
      {text}
    </a>
  )
}

/** Plain text as it was written: its paragraphs, its lines, and its addresses as links. */
function Paragraphs({ text }: { text: string }) {
  return paragraphsOf(text).map((lines, at) => (
    <p key={at} dir="auto" className="mt-3 max-w-column wrap-anywhere">
      {lines.map((parts, line) => (
        <Fragment key={line}>
          {line === 0 ? null : <br />}
          {parts.map((part, index) => (
            <Words key={index} part={part} />
          ))}
        </Fragment>
      ))}
    </p>
  ))
}

/** One announcement as it is read; `children`: what may be done with it. */
export function AnnouncementText({
  locale,
  timeZone,
  announcement,
  children,
}: {
  locale: string
  timeZone: string
  announcement: AnnouncementView
  children?: ReactNode
}) {
  const t = translator(locale, 'announcements')
  const { id, title, body, authorName, createdAt, updatedAt } = announcement
  const when = momentIn(locale, timeZone, createdAt)
  const changed =
    updatedAt > createdAt ? ` · ${t('changedAt', { when: momentIn(locale, timeZone, updatedAt) })}` : ''
  return (
    <li id={id} className="scroll-mt-20 border-t border-line py-6">
      <article aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`} dir="auto" className="font-reading text-22 font-medium wrap-anywhere">
          {title}
        </h2>
        <p className="mt-1 text-12 text-soft">
          {authorName === null ? null : `${authorName} · `}
          <Time iso={createdAt.toISOString()}>{when}</Time>
          {changed}
        </p>
        <Paragraphs text={body} />
        {children === undefined ? null : <div className="mt-4 flex flex-wrap gap-3">{children}</div>}
      </article>
    </li>
  )
}
