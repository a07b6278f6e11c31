import { statSync, writeFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../browser/chromium-path.mts'

/** Starts the Chromium of this machine. @throws Error where there is none */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error('No Chromium was found: set CHROMIUM_PATH to one.')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** Opens an address and waits until letters, pictures and what scripts add are there. */
export async function show(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.evaluate('document.fonts.ready.then(() => true)')
}

/** The largest picture that goes into the repository. */
const MOST_BYTES = 200_000

/**
 * Writes what the page shows as WebP. Chromium itself encodes it: no image library is needed for five pictures.
 * @throws Error when it comes out larger than the repository takes
 */
export async function writeWebp(browser: Browser, png: Buffer, file: string): Promise<void> {
  const page = await browser.newPage()
  const encoded: unknown = await page.evaluate(
    `(async () => {
      const image = new Image()
      image.src = 'data:image/png;base64,${png.toString('base64')}'
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight })
      canvas.getContext('2d').drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.86).split(',')[1]
    })()`,
  )
  await page.close()
  writeFileSync(file, Buffer.from(String(encoded), 'base64'))
  if (statSync(file).size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES} bytes.`)
}
