import type { BlockNode } from '#lib/content/blocks'
import { translator } from '#lib/i18n/translate'

type Attrs = Extract<BlockNode, { type: 'video' }>['attrs']

/** A film of the school's own in a lesson's text, in the browser's own player. */
export function TextVideo({
  attrs: { key, captions, title },
  locale,
  fileUrl,
}: {
  attrs: Attrs
  locale: string
  fileUrl: (key: string) => string
}) {
  const t = translator(locale, 'lesson')
  return (
    <figure>
      <video
        controls
        preload="metadata"
        playsInline
        src={fileUrl(key)}
        aria-label={t('video', { title })}
        className="aspect-video w-full rounded-md bg-sunken"
      >
        {captions === null ? null : (
          <track kind="captions" src={fileUrl(captions)} srcLang={locale} label={t('captions')} default />
        )}
      </video>
      <figcaption className="mt-2 font-sans text-14 text-soft">
        {title}
        {captions === null ? <span className="block">{t('noCaptions')}</span> : null}
      </figcaption>
    </figure>
  )
}
