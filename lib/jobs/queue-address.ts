import 'server-only'
import { workerConnection } from '#lib/config'

/**
 * Address of the queue, for a library that takes a text and nothing else.
 * @throws Error when there is no way to the database
 */
export function queueAddress(): string {
  const { url, assumeRole } = workerConnection()
  const address = new URL(url)
  // Prisma's own parameter; PostgreSQL would refuse it.
  address.searchParams.delete('schema')
  if (assumeRole !== null) address.searchParams.set('options', `-c role=${assumeRole}`)
  address.searchParams.set('application_name', 'smartlms worker')
  return address.href
}
