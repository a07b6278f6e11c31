import type { DropPlace } from '#lib/teach/rules'

/**
 * Dragging by finger. Browsers start a drag of their own after a long press at most, and some never: here the handle
 * follows the finger at once, and the page scrolls on at its edges.
 */

/** Pixels that a finger may tremble before it carries. */
const SLOP = 6
/** Pixels from the edges of the window within which the page scrolls on, and how far at most with each frame. */
const EDGE = 96
const FASTEST = 14

const CHIP =
  'pointer-events-none fixed inset-bs-0 inset-s-0 z-40 max-w-[70vw] truncate rounded-md border border-accent-8 bg-surface px-3 py-2 text-14 font-medium shadow-float'

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=row][data-key]')]
}

type Over = Readonly<{ row: HTMLElement; after: boolean }>

/** The row that a height of the window stands for, and on which side of its middle. */
function placeAt(rows: readonly HTMLElement[], y: number): Over | null {
  const row = rows.findLast((one) => one.getBoundingClientRect().top <= y) ?? rows[0]
  if (row === undefined) return null
  const { top, height } = row.getBoundingClientRect()
  return { row, after: y > top + height / 2 }
}

/** One drag from its first touch to its end. */
class Carry {
  readonly pointer: number
  readonly #list: HTMLElement
  readonly #row: HTMLElement
  readonly #from: number
  readonly #chip = document.createElement('div')
  #y: number
  #x: number
  #frame = 0
  #over: Over | null = null

  constructor(list: HTMLElement, row: HTMLElement, event: PointerEvent) {
    this.pointer = event.pointerId
    this.#list = list
    this.#row = row
    this.#from = event.clientY
    this.#x = event.clientX
    this.#y = event.clientY
  }

  move({ clientX, clientY }: PointerEvent): void {
    this.#x = clientX
    this.#y = clientY
    if (this.#frame !== 0 || Math.abs(clientY - this.#from) < SLOP) return
    this.#row.dataset['carried'] = ''
    this.#chip.className = CHIP
    this.#chip.ariaHidden = 'true'
    this.#chip.textContent = this.#row.getAttribute('aria-label')
    document.body.append(this.#chip)
    this.#follow()
  }

  /** Ends it. @returns where it was let go; null when it wasn't carried, or to where it was */
  end(): Readonly<{ id: string; place: DropPlace }> | null {
    cancelAnimationFrame(this.#frame)
    const over = this.#over
    this.#mark(null)
    this.#chip.remove()
    delete this.#row.dataset['carried']
    const [id, to] = [this.#row.dataset['key'], over?.row.dataset['key']]
    if (over === null || id === undefined || to === undefined) return null
    return { id, place: { id: to, after: over.after } }
  }

  /** Each frame: where the finger is may change by its moving, and by the page's. */
  #follow(): void {
    const [above, below] = [EDGE - this.#y, this.#y - innerHeight + EDGE]
    const by = Math.max(above, below, 0) / EDGE
    if (by > 0) scrollBy({ top: Math.min(by, 1) * FASTEST * (above > 0 ? -1 : 1), behavior: 'instant' })
    const over = placeAt(rowsOf(this.#list), this.#y)
    this.#mark(over?.row === this.#row ? null : over)
    const left = Math.min(this.#x + 16, innerWidth - this.#chip.offsetWidth - 8)
    this.#chip.style.transform = `translate(${String(left)}px, ${String(this.#y - 56)}px)`
    this.#frame = requestAnimationFrame(() => this.#follow())
  }

  #mark(over: Over | null): void {
    if (over?.row !== this.#over?.row) delete this.#over?.row.dataset['drop']
    if (over !== null) over.row.dataset['drop'] = over.after ? 'after' : 'before'
    this.#over = over
  }
}

/**
 * Lets a finger, or a pen, carry the rows of a list (`data-key`) by their handles (`data-handle`).
 * @param onDrop what was carried, and beside which row it was let go
 * @returns stops listening
 */
export function followFingers(list: HTMLElement, onDrop: (id: string, place: DropPlace) => void): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  let carry: Carry | null = null
  const end = (drop: boolean) => (event: PointerEvent) => {
    if (carry?.pointer !== event.pointerId) return
    const done = carry.end()
    carry = null
    if (drop && done !== null) onDrop(done.id, done.place)
  }
  // The browser's own drag, or its menu, would end this one.
  const alone = (event: Event): void => {
    if (carry !== null) event.preventDefault()
  }
  list.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType === 'mouse' || !event.isPrimary || !(event.target instanceof Element)) return
      const row = event.target.closest('[data-handle]')?.closest<HTMLElement>('[role=row][data-key]')
      if (row != null) carry = new Carry(list, row, event)
    },
    { signal },
  )
  // Nor may the browser take the touch for a gesture of its own: after a press that it held for long it hears no tap.
  list.addEventListener(
    'touchstart',
    (event) => {
      if (
        event.target instanceof Element &&
        event.target.closest('[data-handle]') !== null &&
        event.cancelable
      )
        event.preventDefault()
    },
    { signal, passive: false },
  )
  list.addEventListener('dragstart', alone, { signal, capture: true })
  list.addEventListener('contextmenu', alone, { signal })
  addEventListener('pointermove', (event) => carry?.pointer === event.pointerId && carry.move(event), {
    signal,
  })
  addEventListener('pointerup', end(true), { signal })
  addEventListener('pointercancel', end(false), { signal })
  return () => {
    stopping.abort()
    carry?.end()
  }
}
