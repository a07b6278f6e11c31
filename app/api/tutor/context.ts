import 'server-only'
import type { Actor } from '#lib/auth/actor'
import { readerOf } from '#lib/auth/reader'
import { AppError } from '#lib/errors'
import type { School } from '#lib/tenancy/school'
import type { Place, SchoolTerms } from '#lib/tutor/standing'

/** Who asks. @throws AppError 'unauthenticated' */
export function askerOf(actor: Actor): Place['reader'] {
  const reader = readerOf(actor)
  if (reader === null) throw new AppError('unauthenticated', 'Needs somebody who is signed in.')
  return reader
}

/** What the tutor has to know of a school. */
export function termsOf({ plan, timeZone, locale, tutor }: School): SchoolTerms {
  return { plan, timeZone, locale, tutor }
}
