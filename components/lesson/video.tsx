import { CoverArt } from '#components/ui/cover-art'
import { Icon } from '#components/ui/icon'
import type { LessonVideo } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'

const PROVIDERS = {
  youtube: {
    name: 'YouTube',
    href: (id: string) => `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`,
  },
  vimeo: { name: 'Vimeo', href: (id: string) => `https://vimeo.com/${encodeURIComponent(id)}` },
} as const

/** A film elsewhere: a drawing with a link. The platform learns of the reader only when they follow it. */
function External({ locale, video }: { locale: string; video: Extract<LessonVideo, { provider: string }> }) {
  const t = translator(locale, 'lesson')
  const provider = PROVIDERS[video.provider]
  return (
    <div data-chrome>
      <a
        href={provider.href(video.id)}
        target="_blank"
        rel="noopener noreferrer"
        className="group relative block aspect-video overflow-hidden rounded-md"
      >
        <CoverArt seed={video.id} />
        <span className="absolute inset-0 flex items-center justify-center">
          <span className="inline-flex min-h-11 items-center gap-2 rounded-sm bg-surface px-4 font-medium text-text shadow-float group-hover:bg-accent-3">
            <Icon name="play" size={18} />
            {t('watchOn', { provider: provider.name })}
          </span>
        </span>
      </a>
      <p className="mt-2 text-14 text-soft">{t('watchNote', { provider: provider.name })}</p>
    </div>
  )
}

/** A lesson's film: the browser's own player for an uploaded one, a link for one on a platform. */
export function Video({ locale, title, video }: { locale: string; title: string; video: LessonVideo }) {
  const t = translator(locale, 'lesson')
  if ('provider' in video) return <External locale={locale} video={video} />
  return (
    <div data-chrome>
      <video
        controls
        preload="metadata"
        playsInline
        src={video.url}
        poster={video.posterUrl ?? undefined}
        aria-label={t('video', { title })}
        className="aspect-video w-full rounded-md bg-sunken"
      >
        {video.captionsUrl === null ? null : (
          <track kind="captions" src={video.captionsUrl} srcLang={locale} label={t('captions')} default />
        )}
      </video>
      {video.captionsUrl === null ? <p className="mt-2 text-14 text-soft">{t('noCaptions')}</p> : null}
    </div>
  )
}
