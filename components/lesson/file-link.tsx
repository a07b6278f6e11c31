import { Icon } from '#components/ui/icon'
import type { BlockNode } from '#lib/content/blocks'
import { bytesInWords } from '#lib/i18n/bytes'

type File = Extract<BlockNode, { type: 'file' }>['attrs']

/** A file to take along: its name and size, as one link. */
export function FileLink({ locale, file, href }: { locale: string; file: File; href: string }) {
  return (
    <div>
      <a
        href={href}
        download
        className="flex min-h-11 items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 font-sans text-16 hover:border-accent-8 hover:bg-accent-2"
      >
        <Icon name="download" size={20} className="text-accent-11" />
        <span className="min-w-0 grow font-medium wrap-anywhere">{file.name}</span>
        <span className="shrink-0 text-14 text-soft tabular-nums">{bytesInWords(locale, file.bytes)}</span>
      </a>
    </div>
  )
}
