import 'server-only'
import { cache } from 'react'
import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { config } from '#lib/config'
import { AppError } from '#lib/errors'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import { themeCookie, type Theme, themeSchema } from '#lib/preferences/contract'
import { schoolOfRequest } from './resolve'
import type { School } from './school'

/** What the frame around a page needs to know of its request. */
export type Frame = Readonly<{
  /** The path that the browser shows, without the query. */
  path: string
  /** Of this response's content security policy. */
  nonce: string
  theme: Theme
  /** BCP 47 tag of the host's school; English where there is none. */
  locale: string
  /** Address of the root host, ending in a slash. */
  siteUrl: string
  /** Name of the host's school, whatever its status; null where there is none. */
  schoolName: string | null
  /** Demo mode: the letters that are sent can be read. */
  demo: boolean
  /** Path of the state page that proxy.ts chose; null for an ordinary page. */
  state: string | null
}>

export const requestFrame = cache(async (): Promise<Frame> => {
  const [list, jar] = await Promise.all([headers(), cookies()])
  const school = notesOf(list.get(REQUEST_ID))?.school
  const theme = themeSchema.safeParse(jar.get(themeCookie(list.get('x-forwarded-proto') === 'https'))?.value)
  return {
    path: list.get('x-smartlms-path') ?? '/',
    nonce: list.get('x-nonce') ?? '',
    theme: theme.success ? theme.data : 'system',
    locale: school?.locale ?? 'en',
    siteUrl: list.get('x-smartlms-site') ?? '/',
    schoolName: school?.name ?? null,
    demo: config().demo,
    state: list.get('x-smartlms-state'),
  }
})

/** The open school of the request, for the frame around its pages; a 404 where there is none. */
export async function schoolOrNotFound(): Promise<School> {
  try {
    return await schoolOfRequest()
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') notFound()
    throw error
  }
}
