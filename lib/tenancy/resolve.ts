import 'server-only'
import { cache } from 'react'
import { headers } from 'next/headers'
import { config } from '#lib/config'
import { AppError } from '#lib/errors'
import { findSchoolBySubdomain } from '#lib/db/platform'
import { notesOf } from '#lib/observability/request-notes'
import { REQUEST_ID } from '#lib/observability/request-log'
import { type HostTarget, parseHost } from './host'
import type { School } from './school'

/**
 * What the validated host of the current request stands for. proxy.ts has overwritten X-Forwarded-Host with the
 * validated Host by now; reading it again here means that a page reached around proxy.ts still answers for its own host.
 */
export const requestTarget = cache(async (): Promise<HostTarget> => {
  const list = await headers()
  return parseHost(list.get('x-forwarded-host') ?? list.get('host'), config().rootDomain)
})

/**
 * The open school that the current request's host names.
 * @throws AppError 'not_found' on the root or an unknown host, 'tenant_suspended' when it isn't active
 */
export const schoolOfRequest = cache(async (): Promise<School> => {
  const target = await requestTarget()
  if (target.kind !== 'school') throw new AppError('not_found', 'This host is no school.')
  const notes = notesOf((await headers()).get(REQUEST_ID))
  const known = notes?.school
  const school = known?.subdomain === target.subdomain ? known : await findSchoolBySubdomain(target.subdomain)
  if (school === null) throw new AppError('not_found', 'No school has this subdomain.')
  if (school.status !== 'ACTIVE') throw new AppError('tenant_suspended', 'The school is not active.')
  return school
})
