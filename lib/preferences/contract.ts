import { z } from 'zod'

/** How a visitor wants pages to look; `system` follows the device. */
export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

export const THEME_COOKIE = 'theme'
