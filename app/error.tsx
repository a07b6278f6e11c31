'use client'
import { ServerError } from '#components/errors/server-error'

/** An unexpected failure outside a school's frame. */
export default function RootError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="mx-auto max-w-page px-4 py-12 sm:px-6">
      <ServerError errorId={error.digest ?? null} />
    </main>
  )
}
