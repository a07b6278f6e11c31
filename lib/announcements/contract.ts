import { z } from 'zod'

/** What is said to everybody of a course, or of the school. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

export const TITLE_MOST = 160
export const BODY_MOST = 8_000

const words = {
  title: z.string().trim().min(1).max(TITLE_MOST),
  /** Line ends as browsers send them count once. */
  body: z
    .string()
    .max(BODY_MOST * 2)
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1).max(BODY_MOST)),
}

/** Empty: to the whole school. */
const courseId = id

export const announcePath = z.strictObject({ courseId })

/** `edit`: the one that is being changed; `removed`: the one that was just taken back. */
export const announceSearch = z.strictObject({
  cursor: z.string().max(200).optional(),
  edit: id.optional().catch(undefined),
  removed: id.optional().catch(undefined),
  done: z.enum(['said', 'changed', 'restored']).optional().catch(undefined),
})

export const readSearch = z.strictObject({ cursor: z.string().max(200).optional() })

const key = z.string().regex(/^[a-f0-9-]{32,36}$/)
const seen = z.iso.datetime({ precision: 3 })
const standing = z.enum(['yes', 'no'])

export const sayForm = z.strictObject({ courseId, key, ...words })
export const changeForm = z.strictObject({ courseId, id, seen, ...words })
export const keepForm = z.strictObject({ courseId, id, standing })

export const saySchoolForm = z.strictObject({ key, ...words })
export const changeSchoolForm = z.strictObject({ id, seen, ...words })
export const keepSchoolForm = z.strictObject({ id, standing })

export type AnnouncementView = Readonly<{
  id: string
  title: string
  body: string
  /** Null: they are gone. */
  authorName: string | null
  createdAt: Date
  updatedAt: Date
}>
