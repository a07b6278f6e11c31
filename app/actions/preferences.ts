'use server'
import { cookies, headers } from 'next/headers'
import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { hostAction, notAudited } from '#lib/auth/action'
import { themeCookie, themeSchema } from '#lib/preferences/contract'

/** Remembers light, dark or the system's choice in a cookie of this host. */
export const setTheme = hostAction({
  id: 'preferences.theme',
  access: publicAccess('A visitor’s own display choice.'),
  input: z.strictObject({ theme: themeSchema }),
  audit: notAudited('Changes nothing but a cookie of the visitor.'),
  run: async ({ theme }) => {
    const https = (await headers()).get('x-forwarded-proto') === 'https'
    const jar = await cookies()
    jar.set(themeCookie(https), theme, {
      secure: https,
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      maxAge: 31_536_000,
    })
  },
})
