'use client'

import { useEffect, useRef } from 'react'
import { filmSource, PlatformFrame, type Provider } from './platform-frame'

type Props = Readonly<{ provider: Provider; id: string; label: string; locale: string }>

/** The player of a film in a lesson's text. Whoever pressed play is in it, with its own keys. */
export function TextFilmFrame({ provider, id, label, locale }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => frame.current?.focus(), [])
  return <PlatformFrame ref={frame} source={filmSource(provider, id, locale, 0)} label={label} />
}
