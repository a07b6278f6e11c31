'use client'
import { ServerError } from '#components/errors/server-error'

/** An unexpected failure of a school's page, inside the school's own frame. */
export default function SchoolError({ error }: { error: Error & { digest?: string } }) {
  return <ServerError errorId={error.digest ?? null} />
}
