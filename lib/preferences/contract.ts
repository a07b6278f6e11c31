import { z } from 'zod'

/** How a visitor wants pages to look; `system` follows the device. */
export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

/** Name of the cookie. Over https the prefix makes browsers keep it to this one host; over http they refuse it. */
export function themeCookie(https: boolean): string {
  return https ? '__Host-theme' : 'theme'
}
