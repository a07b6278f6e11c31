import type { ReactNode } from 'react'
import { CoverArt } from '#components/ui/cover-art'
import { Icon } from '#components/ui/icon'
import { type Film, filmAddress } from '#lib/content/films'
import { translator } from '#lib/i18n/translate'

export const FILM_NAMES = { youtube: 'YouTube', vimeo: 'Vimeo' } as const satisfies Record<
  Film['provider'],
  string
>

/** The drawing that stands for a film, and the words on it. */
export function FilmFace({ seed, title, children }: { seed: string; title?: string; children: ReactNode }) {
  return (
    <>
      <CoverArt seed={seed} />
      <span className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4">
        {title === undefined ? null : (
          <span className="max-w-full rounded-sm bg-surface px-3 py-1 text-16 font-medium wrap-break-word text-text">
            {title}
          </span>
        )}
        <span className="inline-flex min-h-11 items-center gap-2 rounded-sm bg-surface px-4 text-16 font-medium text-text shadow-float group-hover:bg-accent-3">
          <Icon name="play" size={18} />
          {children}
        </span>
      </span>
    </>
  )
}

/**
 * A film elsewhere: a drawing with a link. The platform learns of the reader only when they follow it.
 * `title` says what it shows, where the page around doesn't.
 */
export function FilmCard({ locale, film, title }: { locale: string; film: Film; title?: string }) {
  const t = translator(locale, 'lesson')
  const provider = FILM_NAMES[film.provider]
  return (
    <div data-chrome>
      <a
        href={filmAddress(film)}
        target="_blank"
        rel="noopener noreferrer"
        className="group relative block aspect-video overflow-hidden rounded-md font-sans"
      >
        <FilmFace seed={film.id} {...(title === undefined ? {} : { title })}>
          {t('watchOn', { provider })}
        </FilmFace>
      </a>
      <p className="mt-2 font-sans text-14 text-soft">{t('watchNote', { provider })}</p>
    </div>
  )
}
