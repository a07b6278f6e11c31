import type { HandedIn } from '#lib/assignments/contract'
import { translator } from '#lib/i18n/translate'

/** What somebody has handed in: their text as they wrote it, their link as a link. */
export function WorkShown({ locale, version }: Readonly<{ locale: string; version: HandedIn }>) {
  const t = translator(locale, 'assignment')
  const { content, link, hasFile } = version
  return (
    <div className="flex flex-col gap-3 pb-4">
      {content === null ? null : (
        <p dir="auto" className="max-w-column font-reading text-18 whitespace-pre-wrap wrap-anywhere">
          {content}
        </p>
      )}
      {link === null ? null : (
        <p className="wrap-anywhere">
          <a
            href={link}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="inline-flex min-h-11 items-center text-accent-11 underline underline-offset-2"
          >
            {link}
          </a>
        </p>
      )}
      {hasFile ? <p className="text-14 text-soft">{t('file')}</p> : null}
    </div>
  )
}
