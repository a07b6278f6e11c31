import { About } from '#components/ui/about'
import type { ReactNode } from 'react'
import { TextFilm } from '#components/player/text-film'
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

/** What a reader should know before they press play, and the way to the film's own page. `title`: which film it is. */
export function FilmNote({ locale, film, title }: { locale: string; film: Film; title: string }) {
  const t = translator(locale, 'player')
  const provider = FILM_NAMES[film.provider]
  return (
    <p className="mt-2 font-sans text-14 text-soft">
      {t('playNote', { provider })}{' '}
      <a
        href={filmAddress(film)}
        target="_blank"
        rel="noopener noreferrer"
        className="underline underline-offset-4 hover:text-text"
      >
        {t('openThere', { provider })}
        <About>{title}</About>
      </a>
    </p>
  )
}

/** A film in a lesson's text: a drawing with its title, until somebody presses play. */
export function FilmCard({ locale, film, title }: { locale: string; film: Film; title: string }) {
  const t = translator(locale, 'player')
  const { provider, id } = film
  const name = FILM_NAMES[provider]
  return (
    <div data-chrome>
      <TextFilm
        {...{ provider, id, locale }}
        href={filmAddress(film)}
        label={translator(locale, 'lesson')('video', { title })}
        failed={t('noPlayer', { provider: name })}
      >
        <FilmFace seed={id} title={title}>
          {t('playHere', { provider: name })}
        </FilmFace>
      </TextFilm>
      <FilmNote locale={locale} film={film} title={title} />
    </div>
  )
}
