import { EmbeddedFilm } from '#components/player/embedded-film'
import type { FilmWords } from '#components/player/film-bar'
import type { LessonRef } from '../player/outbox'
import { UploadedFilm } from '#components/player/uploaded-film'
import type { LessonVideo } from '#lib/catalog/contract'
import { type Film, filmAddress } from '#lib/content/films'
import { translator } from '#lib/i18n/translate'
import { FILM_NAMES, FilmFace, FilmNote } from './film-card'

function wordsOf(locale: string): FilmWords {
  const t = translator(locale, 'player')
  return {
    speed: t('speed'),
    times: t('times', { speed: '{speed}' }),
    resumed: t('resumed', { time: '{time}' }),
    startOver: t('startOver'),
    later: t('later'),
    signedOut: t('signedOut'),
    signIn: t('signIn'),
  }
}

/** A film elsewhere: a drawing, until somebody presses play. */
function Elsewhere({
  locale,
  title,
  film,
  lesson,
}: {
  locale: string
  title: string
  film: Film
  lesson: LessonRef | null
}) {
  const t = translator(locale, 'player')
  const provider = FILM_NAMES[film.provider]
  return (
    <div data-chrome data-film>
      <EmbeddedFilm
        {...film}
        href={filmAddress(film)}
        label={translator(locale, 'lesson')('video', { title })}
        locale={locale}
        lesson={lesson}
        words={wordsOf(locale)}
      >
        <FilmFace seed={film.id}>{t('playHere', { provider })}</FilmFace>
      </EmbeddedFilm>
      <FilmNote locale={locale} film={film} title={title} />
    </div>
  )
}

/** A lesson's film: an uploaded one in the browser's own player, one of a platform in the platform's. */
export function Video({
  locale,
  title,
  video,
  lesson,
}: {
  locale: string
  title: string
  video: LessonVideo
  /** Whose progress it is; null for somebody who has none in this course. */
  lesson: LessonRef | null
}) {
  const t = translator(locale, 'lesson')
  const label = t('video', { title })
  if ('provider' in video) return <Elsewhere locale={locale} title={title} film={video} lesson={lesson} />
  return (
    <div data-film>
      <UploadedFilm
        src={video.url}
        poster={video.posterUrl ?? undefined}
        label={label}
        lesson={lesson}
        words={wordsOf(locale)}
      >
        {video.captionsUrl === null ? null : (
          <track kind="captions" src={video.captionsUrl} srcLang={locale} label={t('captions')} default />
        )}
      </UploadedFilm>
      {video.captionsUrl === null ? (
        <p className="mt-2 text-14 text-soft" data-chrome>
          {t('noCaptions')}
        </p>
      ) : null}
    </div>
  )
}
