import { bytesInWords } from '#lib/i18n/bytes'
import type { HandedIn, WorkFile } from '#lib/assignments/contract'
import { translator } from '#lib/i18n/translate'

function ShownFile({ locale, file }: Readonly<{ locale: string; file: WorkFile }>) {
  const { name, bytes, url } = file
  if (url === null || bytes === null)
    return <span className="text-soft">{translator(locale, 'assignment')('fileMissing', { name })}</span>
  return (
    <>
      <a
        href={url}
        download={name}
        className="inline-flex min-h-11 items-center text-accent-11 underline underline-offset-2"
      >
        {name}
      </a>
      <span className="text-14 text-soft">{bytesInWords(locale, bytes)}</span>
    </>
  )
}

/** What somebody has handed in: their text as they wrote it, their link as a link, their files to save. */
export function WorkShown({ locale, version }: Readonly<{ locale: string; version: HandedIn }>) {
  const t = translator(locale, 'assignment')
  const { content, link, files } = version
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
      {files.length === 0 ? null : (
        <ul aria-label={t('filesShown')} className="divide-y divide-line border-y border-line">
          {files.map((file) => (
            <li key={file.key} className="flex min-h-11 flex-wrap items-center gap-x-3 wrap-anywhere">
              <ShownFile locale={locale} file={file} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
