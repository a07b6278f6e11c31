import type { CDPSession, Locator, Page } from 'playwright-core'

type Point = Readonly<{ x: number; y: number }>

/** The middle of something in the window. */
export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('There is nothing to be touched.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** One finger on the glass, as the browser's own input gives it to a page: with scrolling, and long presses. */
export class Finger {
  readonly #session: CDPSession
  #at: Point = { x: 0, y: 0 }

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page))
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel'): Promise<void> {
    const touchPoints = type === 'touchStart' || type === 'touchMove' ? [{ ...this.#at, id: 1 }] : []
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints })
  }

  async down(at: Point): Promise<void> {
    this.#at = at
    await this.#send('touchStart')
  }

  /** Draws a straight line to a place, in a few steps. */
  async to({ x, y }: Point, steps = 8): Promise<void> {
    const from = this.#at
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps
      this.#at = { x: from.x + (x - from.x) * part, y: from.y + (y - from.y) * part }
      await this.#send('touchMove')
    }
  }

  up(): Promise<void> {
    return this.#send('touchEnd')
  }

  /** As a call that comes in takes the glass away. */
  cancel(): Promise<void> {
    return this.#send('touchCancel')
  }
}
