import { existsSync } from 'node:fs'

const CHROMIUMS = [
  process.env['CHROMIUM_PATH'],
  // The same engine without windows of its own: a third less work for the machine.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium of this machine; undefined where there is none. */
export function chromiumPath(): string | undefined {
  return CHROMIUMS.find((file) => file !== undefined && file !== '' && existsSync(file))
}
