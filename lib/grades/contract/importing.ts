import { z } from 'zod'
import { REASON_MAX } from './constants'

/** What the pages of bringing grades in from a file send and show. */

export const IMPORT_MOST = { bytes: 900_000, rows: 5_000, shown: 200 } as const

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

export const previewForm = z.strictObject({
  courseId: id,
  text: z.string().max(IMPORT_MOST.bytes).default(''),
  file: z.file().max(IMPORT_MOST.bytes).optional(),
})

export const importForm = z.strictObject({
  courseId: id,
  text: z.string().min(1).max(IMPORT_MOST.bytes),
  /** Of what the preview showed: what would happen now has to be the same. */
  stamp: z.string().regex(/^[a-f0-9]{64}$/),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(REASON_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
})

/** Why nothing of a whole file can be read. */
export const FILE_PROBLEMS = ['encoding', 'quotes', 'empty', 'tooMany', 'noEmail', 'noItems'] as const
export type FileProblem = (typeof FILE_PROBLEMS)[number]

/** What is wrong with a line, or with one of its cells. */
export const ROW_FAULTS = ['unknown', 'twice', 'surplus', 'points', 'most', 'slip'] as const
export type RowFault = Readonly<{
  line: number
  kind: (typeof ROW_FAULTS)[number]
  /** As it was written. */
  email: string
  /** The column's title, and what stands in it; empty where the whole line is meant. */
  column: string
  value: string
}>

export type RowChange = Readonly<{
  line: number
  name: string
  item: string
  /** Points that hold and would hold, decimal text; null: none. `excused`: neither. */
  from: string | null
  to: string | null
  excusedBefore: boolean
  excused: boolean
}>

export type ImportReport = Readonly<{
  courseId: string
  /** What was read, for applying it. */
  text: string
  stamp: string
  rows: number
  /** The first of them. */
  changes: readonly RowChange[]
  changeCount: number
  faults: readonly RowFault[]
  faultCount: number
  /** The numbers of all this in words, which know their plurals. */
  said: Readonly<{ faults: string; count: string; nothing: string; apply: string }>
  /** Headings that are neither a person's nor an item's of this course. */
  ignored: readonly string[]
}>
