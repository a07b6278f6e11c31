import type { FileChooser, Page } from 'playwright-core'

/** What somebody without a mouse does on a page. */
export type Keyboard = Readonly<{
  /** Presses keys, one after another. */
  keys: (...all: readonly string[]) => Promise<void>
  type: (text: string) => Promise<void>
  /** Presses Tab (or another key) until something has the focus. */
  tabTo: (selector: string, key?: string) => Promise<void>
  /** Two frames: a browser tells of a moved cursor after the key, and nobody types that fast. */
  settled: () => Promise<unknown>
  /** Chooses a file for a field: the browser's own dialog opens by Space. */
  choose: (field: string, file: string) => Promise<void>
}>

/** The keyboard of a page. */
export function keyboardOf(page: Page): Keyboard {
  const keys = async (...all: readonly string[]): Promise<void> => {
    for (const key of all) await page.keyboard.press(key)
  }
  const settled = () =>
    page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  // The browser asks for files on the page's behalf as long as somebody listens. It is told so once, well before a key is
  // pressed: told with the key, it may hear of it too late, and opens a dialog that nobody sees.
  const waiting: ((chooser: FileChooser) => void)[] = []
  page.on('filechooser', (chooser) => waiting.shift()?.(chooser))
  return {
    keys,
    type: (text) => page.keyboard.type(text),
    tabTo: async (selector, key = 'Tab') => {
      for (let press = 0; press < 60; press += 1) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return
        await page.keyboard.press(key)
      }
      throw new Error(`The key ${key} never reached ${selector}.`)
    },
    settled,
    choose: async (field, file) => {
      await page.locator(`${field}:focus`).waitFor({ state: 'attached' })
      const chooser = new Promise<FileChooser>((resolve) => void waiting.push(resolve))
      await keys('Space')
      await (await chooser).setFiles(file)
      // Only then has the browser closed its dialog, and would open another one.
      await settled()
    },
  }
}
