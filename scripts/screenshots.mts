import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { dataPath, ROOT } from './launcher/paths.mts'
import { enter, openBrowser, show, writeWebp } from './screenshots/camera.mts'
import { demoPlaces, extremePlaces, type Place } from './screenshots/places.mts'
import { ensureBuild, environmentOf, startWeb, startWorld, untilAlive } from './screenshots/throwaway.mts'

/*
 * npm run screenshots [-- name…]
 *
 * Serves the demo world from a throw-away database and photographs every page, or those whose names begin with a given
 * word, on a phone, a tablet and a desk, light and dark. The whole set goes to .data/screenshots, the README's few to
 * docs/screenshots.
 */

const WIDTHS = [360, 768, 1440] as const

/** What the README shows: page, width, theme. */
const README = [
  { name: 'front-page', dark: false },
  { name: 'catalogue', dark: false },
  { name: 'course', dark: false },
  { name: 'lesson', dark: true },
  { name: 'landing', dark: false },
  { name: 'student-dashboard', dark: false },
  { name: 'admin-admin-people', dark: false },
  { name: 'admin-admin-brand', dark: true },
  { name: 'root-platform', dark: false },
  { name: 'student-lesson', dark: false },
  { name: 'instructor-outline', dark: false },
  { name: 'instructor-editor', dark: true },
] as const

const WHOLE = dataPath('screenshots')
const SHOWN = path.join(ROOT, 'docs', 'screenshots')

type Served = Readonly<{ ownerUrl: string; port: number }>

/** All places in one width and theme. @returns addresses that are wider than the screen */
async function photograph(
  browser: Browser,
  world: Served,
  shots: readonly Place[],
  look: Readonly<{ width: number; dark: boolean }>,
): Promise<string[]> {
  const { width, dark } = look
  const context = await browser.newContext({
    viewport: { width, height: width < 700 ? 780 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const wide: string[] = []
  for (const { name, host, path: place, as } of shots) {
    if (as === undefined) await context.clearCookies()
    else await enter(context, world.ownerUrl, world.port, { host, as })
    await show(page, `http://${host}:${world.port}${place}`)
    const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
    if (over > 0) wide.push(`${name} is ${over} px wider than a screen of ${width} px`)
    // A bar that is fixed to the screen would float in the middle of a picture that is taller than it.
    await page.evaluate(
      `document.querySelector('[data-bottom-bar]')?.style.setProperty('position', 'static')`,
    )
    const file = path.join(WHOLE, `${name}-${width}-${dark ? 'dark' : 'light'}.png`)
    await page.screenshot({ path: file, fullPage: true })
  }
  await context.close()
  return wide
}

/** The README's pictures: what a laptop shows before anybody scrolls. */
async function photographForReadme(browser: Browser, world: Served, shots: readonly Place[]): Promise<void> {
  for (const { name, dark } of README) {
    const place = shots.find((shot) => shot.name === name)
    if (place === undefined) continue
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    })
    const { host, as } = place
    if (as !== undefined) await enter(context, world.ownerUrl, world.port, { host, as })
    const page = await context.newPage()
    await show(page, `http://${host}:${world.port}${place.path}`)
    await writeWebp(browser, await page.screenshot(), path.join(SHOWN, `${name}.webp`))
    await context.close()
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'smartlms-shots-'))
mkdirSync(WHOLE, { recursive: true })
mkdirSync(SHOWN, { recursive: true })
await ensureBuild()
const world = await startWorld({ seeded: true })
const web = await startWeb(environmentOf(world), folder)
const browser = await openBrowser()
const served = { ownerUrl: world.ownerUrl, port: web.port }
try {
  await untilAlive(web)
  const words = process.argv.slice(2)
  const wide: string[] = []
  let count = 0
  // The extreme schools come second: the landing page lists the schools there are.
  for (const places of [demoPlaces, extremePlaces]) {
    const all = await places(world.ownerUrl)
    const shots = all.filter(({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)))
    if (places === demoPlaces) await photographForReadme(browser, served, shots)
    for (const width of WIDTHS) {
      for (const dark of [false, true]) {
        wide.push(...(await photograph(browser, served, shots, { width, dark })))
        count += shots.length
      }
    }
  }
  for (const line of wide) console.log(line)
  console.log(`${count} pictures in ${path.relative(ROOT, WHOLE)}.`)
  if (wide.length > 0) process.exitCode = 1
} finally {
  await browser.close()
  await web.stop()
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
}
