import type { BrowserContext } from 'playwright-core'

/** Players of platforms that speak as theirs do, on a film of ten minutes; their buttons stand in for its viewers. */

const CLOCK = `
  let at = start, playing = true, speed = 1, last = performance.now()
  const DURATION = 600
  const advance = () => {
    const now = performance.now()
    if (playing) at = Math.min(DURATION, at + (now - last) / 1000 * speed)
    last = now
  }
  const button = (name, act) => {
    const made = document.createElement('button')
    made.textContent = name
    made.onclick = () => { advance(); act() }
    document.body.append(made)
  }
`

/** Messages as of www.youtube-nocookie.com/embed, which its IFrame API speaks with. */
const YOUTUBE = `<!doctype html><body><script>
  const start = Number(new URLSearchParams(location.search).get('start') ?? 0)
  const parentOrigin = new URLSearchParams(location.search).get('origin')
  ${CLOCK}
  const tell = (event, info) => parent.postMessage(JSON.stringify({ event, info, id: 1, channel: 'widget' }), parentOrigin)
  let greeted = false
  const state = (next) => { tell('onStateChange', next); tell('infoDelivery', { playerState: next, currentTime: at }) }
  addEventListener('message', ({ origin, data }) => {
    if (origin !== parentOrigin) return
    const { event, func, args } = JSON.parse(data)
    advance()
    if (event === 'listening' && !greeted) {
      greeted = true
      tell('onReady', null)
      tell('initialDelivery', { currentTime: at, duration: DURATION, playerState: 1, playbackRate: 1 })
    }
    if (event !== 'command') return
    if (func === 'pauseVideo') { playing = false; state(2) }
    if (func === 'playVideo') { playing = true; state(1) }
    if (func === 'seekTo') { at = args[0]; tell('infoDelivery', { currentTime: at }) }
    if (func === 'setPlaybackRate') { speed = args[0]; tell('infoDelivery', { playbackRate: speed }) }
  })
  setInterval(() => { advance(); if (greeted && playing) tell('infoDelivery', { currentTime: at }) }, 250)
  button('Skip', () => { state(3); at = 300; state(1) })
  button('Pause', () => { playing = false; state(2) })
</script>`

/** Messages as of player.vimeo.com/video, which @vimeo/player speaks with. */
const VIMEO = `<!doctype html><body><script>
  const start = Number(/t=(\\d+)s/.exec(location.hash)?.[1] ?? 0)
  ${CLOCK}
  const wanted = new Set()
  const moment = () => ({ seconds: at, duration: DURATION, percent: at / DURATION })
  const post = (message) => parent.postMessage(JSON.stringify(message), '*')
  const tell = (event, data) => { if (wanted.has(event)) post({ event, data }) }
  addEventListener('message', ({ data }) => {
    const { method, value } = typeof data === 'string' ? JSON.parse(data) : data
    advance()
    if (method === 'ping') return post({ method: 'ping' })
    if (method === 'addEventListener') return wanted.add(value)
    if (method === 'getPaused') return post({ method, value: !playing })
    if (method === 'pause') { playing = false; tell('pause', moment()) }
    if (method === 'play') { playing = true; tell('playing', moment()) }
    if (method === 'setCurrentTime') { tell('seeking', moment()); at = value; tell('seeked', moment()) }
    if (method === 'setPlaybackRate') { speed = value; tell('playbackratechange', { playbackRate: speed }) }
    post({ method, value: value ?? null })
  })
  setInterval(() => { advance(); if (playing) tell('timeupdate', moment()) }, 250)
  button('Skip', () => { tell('seeking', moment()); at = 300; tell('seeked', moment()) })
  button('Pause', () => { playing = false; tell('pause', moment()) })
  post({ event: 'ready' })
</script>`

/** Serves the players to a browser. @returns the addresses that were asked for at any platform */
export async function fakePlayers(context: BrowserContext): Promise<string[]> {
  const asked: string[] = []
  const answer = (body: string) => ({ contentType: 'text/html', body })
  await context.route(/^https:\/\/[^/]*(youtube|ytimg|google|vimeo)/, async (route) => {
    const url = route.request().url()
    asked.push(url)
    if (url.startsWith('https://www.youtube-nocookie.com/embed/')) return route.fulfill(answer(YOUTUBE))
    if (url.startsWith('https://player.vimeo.com/video/')) return route.fulfill(answer(VIMEO))
    return route.abort()
  })
  return asked
}
