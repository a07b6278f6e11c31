'use client'
import { ServerError } from '#components/errors/server-error'
import './globals.css'

/** The frame itself failed: a whole document of its own. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-page px-4 py-12">
          <ServerError errorId={error.digest ?? null} />
        </main>
      </body>
    </html>
  )
}
