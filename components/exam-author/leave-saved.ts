import type { ExamSaver } from '#lib/exams/rules/drafting-saver'

/** Milliseconds that a link waits for the last save: what isn't sent by then is on this device. */
const LONGEST = 3_000

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.target !== '' || link.origin !== location.origin) return null
  return link.pathname === location.pathname ? null : link
}

/** Lets the server have what was typed before a link leads away: the next page, publishing say, reads it there. */
export function leaveSaved(saver: ExamSaver): () => void {
  const leave = (event: MouseEvent): void => {
    const link = linkOf(event)
    const { kind } = saver.state().status
    if (link === null || (kind !== 'unsaved' && kind !== 'saving')) return
    event.preventDefault()
    const waited = new Promise<void>((resolve) => setTimeout(resolve, LONGEST))
    void Promise.race([saver.settle(), waited]).then(() => location.assign(link.href))
  }
  document.addEventListener('click', leave)
  return () => document.removeEventListener('click', leave)
}
