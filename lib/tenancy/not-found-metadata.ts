import 'server-only'
import type { Metadata } from 'next'
import { translator } from '#lib/i18n/translate'
import type { Frame } from './frame'

/** Title of a 404: for a host without a school what that is, else that there is nothing. */
export function notFoundMetadata({ locale, state, schoolName }: Frame): Metadata {
  const t = translator(locale, 'errors')
  if (state === '/state/unknown') return { title: t('unknownTitle'), robots: { index: false } }
  return { title: `${t('missingTitle')} · ${schoolName ?? 'SmartLMS'}`, robots: { index: false } }
}
