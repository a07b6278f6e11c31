import { createHash, randomBytes } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
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

/**
 * Signs a context's browser in as somebody, past their password.
 * @param port of the web server @param email of the demo world; it names the school
 */
export async function enter(
  context: BrowserContext,
  ownerUrl: string,
  port: number,
  place: Readonly<{ host: string; as: string }>,
): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  const subdomain = place.host === 'localhost' ? 'platform' : (place.host.split('.')[0] ?? '')
  const made = await client
    .query(
      `INSERT INTO "Session" ("tenantId", "userId", "tokenHash", method, "userAgent", "secondFactorAt", "expiresAt")
       SELECT u."tenantId", u.id, $3, 'password', $4, now(), now() + interval '1 hour'
       FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE t.subdomain = $1 AND u.email = $2`,
      [subdomain, place.as, createHash('sha256').update(token).digest('hex'), BROWSER],
    )
    .finally(() => client.end())
  if (made.rowCount !== 1) throw new Error(`There is no ${place.as} at ${place.host}.`)
  const url = `http://${place.host}:${port}`
  await context.clearCookies()
  await context.addCookies([{ name: 'smartlms.session', value: token, url, httpOnly: true, sameSite: 'Lax' }])
}

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'

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
