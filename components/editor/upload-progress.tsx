'use client'

import type { UploadProgress as Progress } from './upload'

/** How far an upload is. */
export function UploadProgress({ progress, said }: { progress: Progress | null; said: string | null }) {
  if (progress === null) return null
  return (
    <div className="max-w-note">
      <progress
        aria-label={said ?? ''}
        max={100}
        value={progress.kind === 'sending' ? progress.percent : undefined}
        className="h-2 w-full"
      />
      <p className="text-14 text-soft" role="status">
        {said}
      </p>
    </div>
  )
}
