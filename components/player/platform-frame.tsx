'use client'

import type { Ref } from 'react'
import { youtubeSource } from './youtube-film'

export type Provider = 'youtube' | 'vimeo'

/** The address of a platform's player. It starts by itself, at a second: somebody has just pressed play. */
export function filmSource(provider: Provider, id: string, locale: string, start: number): string {
  if (provider === 'youtube') return youtubeSource(id, locale, start)
  const time = `${String(Math.floor(start))}s`
  return `https://player.vimeo.com/video/${encodeURIComponent(id)}?dnt=1&autoplay=1&playsinline=1#t=${time}`
}

/** A platform's player: it may run its own scripts in its own origin, and neither lead this page away nor ask for more. */
export function PlatformFrame({
  source,
  label,
  ref,
}: {
  source: string
  label: string
  ref: Ref<HTMLIFrameElement>
}) {
  return (
    <iframe
      ref={ref}
      src={source}
      title={label}
      allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
      referrerPolicy="strict-origin-when-cross-origin"
      sandbox="allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox"
      className="block aspect-video w-full rounded-md border-0 bg-sunken"
    />
  )
}
