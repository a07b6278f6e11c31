'use client'

import Player from '@vimeo/player'
import type { Film, Tell, Told } from './film'

type Moment = { seconds: number; duration: number }

/** What the player refuses (a speed that its owner doesn't allow, a film without captions) changes nothing. */
const quietly = (asked: Promise<unknown>): void => void asked.catch(() => undefined)

async function switchCaptions(player: Player): Promise<void> {
  const tracks = await player.getTextTracks()
  const first = tracks[0]
  if (first === undefined) return
  if (tracks.some(({ mode }) => mode === 'showing')) await player.disableTextTrack()
  else await player.enableTextTrack(first.language, first.kind)
}

/** Vimeo's player, through its own library, which speaks to the frame by messages. */
export function vimeoFilm(frame: HTMLIFrameElement, tell: Tell, ready: () => void) {
  const player = new Player(frame)
  let at = 0
  let speed = 1
  let playing = false
  let waiting = false
  const say = (kind: Told['kind'], moment?: Partial<Moment>): void => {
    at = moment?.seconds ?? at
    tell({ kind, at, speed, duration: moment?.duration ?? null })
  }
  const stopped = (moment?: Moment): void => {
    playing = false
    say('stopped', moment)
  }
  player.on('playing', (moment: Moment) => {
    playing = true
    waiting = false
    say('playing', moment)
  })
  player.on('timeupdate', (moment: Moment) => say(playing && !waiting ? 'playing' : 'moved', moment))
  player.on('pause', stopped)
  player.on('ended', stopped)
  player.on('bufferstart', () => {
    waiting = true
    say('stopped')
  })
  player.on('bufferend', () => (waiting = false))
  player.on('seeking', () => say('moved'))
  player.on('seeked', (moment: Moment) => say('moved', moment))
  player.on('playbackratechange', (event: { playbackRate: number }) => (speed = event.playbackRate))
  // It may have begun before anybody could listen.
  const begin = async (): Promise<void> => {
    await player.ready()
    ready()
    playing = playing || !(await player.getPaused())
  }
  quietly(begin())
  const film: Film = {
    time: () => at,
    toggle: () => quietly(playing ? player.pause() : player.play()),
    seek: (to) => quietly(player.setCurrentTime(Math.max(0, to))),
    setSpeed: (wanted) => quietly(player.setPlaybackRate(wanted)),
    toggleCaptions: () => quietly(switchCaptions(player)),
  }
  return { film, stop: () => quietly(player.unload().catch(() => undefined)) }
}
