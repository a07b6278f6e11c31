'use client'

import type { ReactNode } from 'react'
import { describedBy, FieldFrame, type FieldWords } from './field-frame'
import { useField } from './form-context'

/** A file from the person’s device. What is accepted, and how large, is said before it is chosen. */
export function FileField({
  name,
  label,
  help,
  optional,
  accept,
  multiple = false,
  current,
}: Omit<FieldWords, 'help'> &
  Readonly<{
    name: string
    /** The accepted kinds and the size, in words: “PNG, JPEG or WebP, up to 2 MB”. */
    help: ReactNode
    /** The same for the file dialog: `image/png,image/jpeg`. The server checks again. */
    accept: string
    multiple?: boolean
    /** What is there now: a picture, a file’s name. */
    current?: ReactNode
  }>) {
  const { id, error } = useField(name)
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error}>
      <div className="flex flex-wrap items-center gap-4">
        {current}
        <input
          id={id}
          type="file"
          name={name}
          accept={accept}
          multiple={multiple}
          required={optional === undefined}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          className="min-w-0 max-w-full grow basis-56 rounded-sm text-14 text-soft file:me-3 file:min-h-11 file:cursor-pointer file:rounded-sm file:border file:border-solid file:border-edge file:bg-surface file:px-4 file:text-14 file:font-medium file:text-text hover:file:border-accent-8 hover:file:bg-accent-2"
        />
      </div>
    </FieldFrame>
  )
}
