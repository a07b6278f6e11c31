import { z } from 'zod'
import { FILM_PROVIDERS, isFilmId } from './films'
import { inlineNode, mathBlock, plainTextNode, writtenText } from './inline'
import { isSafeImageSource } from './links'

/** The name ends up in a class name of the rendered page. */
const LANGUAGE = /^[a-z0-9][a-z0-9+#.-]{0,31}$/

const inlineContent = z.array(inlineNode).optional()
const pixels = z.int().min(1).max(20_000)
/** Bounded, because a table editor builds a grid of this many cells in memory. */
const span = z.int().min(1).max(100)

const paragraph = z.strictObject({ type: z.literal('paragraph'), content: inlineContent })

const heading = z.strictObject({
  type: z.literal('heading'),
  attrs: z.strictObject({ level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
  content: inlineContent,
})

const codeBlock = z.strictObject({
  type: z.literal('codeBlock'),
  attrs: z.strictObject({ language: z.string().regex(LANGUAGE).nullable() }),
  content: z.array(plainTextNode).optional(),
})

const image = z.strictObject({
  type: z.literal('image'),
  attrs: z
    .strictObject({
      src: z
        .string()
        .min(1)
        .max(2_000)
        .refine(isSafeImageSource, 'is neither a storage key nor an https address'),
      alt: writtenText(0, 1_000),
      decorative: z.boolean(),
      caption: writtenText(1, 1_000).nullable(),
      width: pixels,
      height: pixels,
    })
    .refine((attrs) => attrs.decorative || attrs.alt.trim() !== '', {
      path: ['alt'],
      message: 'must describe the picture unless it is decorative',
    }),
})

/** A lesson's private file: whoever reads the lesson gets a link to it, so nothing outside of that folder may be named. */
const LESSON_FILE = /^[a-z0-9]{1,40}\/private\/lessons\/[a-z0-9][a-z0-9._-]{0,99}$/

const file = z.strictObject({
  type: z.literal('file'),
  attrs: z.strictObject({
    key: z.string().regex(LESSON_FILE),
    name: writtenText(1, 200),
    bytes: z.int().min(1),
  }),
})

/** Of the same folder, or of one that everybody may read, and of a kind that a browser plays. */
const FILM_FOLDER =
  /^[a-z0-9]{1,40}\/(?:private\/lessons|public(?:\/[a-z0-9-]{1,100}){0,2})\/[a-z0-9][a-z0-9_-]{0,94}/
const LESSON_VIDEO = new RegExp(`${FILM_FOLDER.source}\\.(?:mp4|webm)$`)
const LESSON_CAPTIONS = new RegExp(`${FILM_FOLDER.source}\\.vtt$`)

const video = z.strictObject({
  type: z.literal('video'),
  attrs: z.strictObject({
    key: z.string().regex(LESSON_VIDEO),
    /** Null until somebody has written them; a course with such a film isn't published. */
    captions: z.string().regex(LESSON_CAPTIONS).nullable(),
    /** What the film shows: its name. */
    title: writtenText(1, 200),
  }),
})

const embed = z.strictObject({
  type: z.literal('embed'),
  attrs: z
    .strictObject({
      provider: z.enum(FILM_PROVIDERS),
      id: z.string(),
      /** What the film shows: the name of its link. */
      title: writtenText(1, 200),
    })
    .refine(isFilmId, { path: ['id'], message: 'is no film of this platform' }),
})

const horizontalRule = z.strictObject({ type: z.literal('horizontalRule') })

// Getters, because these refer to the union below, which refers back to them: zod reads them
// only once every const of this file exists, and TypeScript infers the recursive type from them.
const listItem = z.strictObject({
  type: z.literal('listItem'),
  get content() {
    return z.tuple([paragraph], blockNode)
  },
})

const bulletList = z.strictObject({
  type: z.literal('bulletList'),
  get content() {
    return z.array(listItem).min(1)
  },
})

const orderedList = z.strictObject({
  type: z.literal('orderedList'),
  attrs: z.strictObject({ start: z.int().min(0).max(1_000_000).optional() }).optional(),
  get content() {
    return z.array(listItem).min(1)
  },
})

const blockquote = z.strictObject({
  type: z.literal('blockquote'),
  get content() {
    return z.array(blockNode).min(1)
  },
})

const callout = z.strictObject({
  type: z.literal('callout'),
  attrs: z.strictObject({ kind: z.enum(['note', 'tip', 'warning']) }),
  get content() {
    return z.array(blockNode).min(1)
  },
})

const cellAttrs = z.strictObject({ colspan: span, rowspan: span })

const tableHeader = z.strictObject({
  type: z.literal('tableHeader'),
  attrs: cellAttrs,
  get content() {
    return z.array(blockNode).min(1)
  },
})

const tableCell = z.strictObject({
  type: z.literal('tableCell'),
  attrs: cellAttrs,
  get content() {
    return z.array(blockNode).min(1)
  },
})

const tableRow = z.strictObject({
  type: z.literal('tableRow'),
  get content() {
    return z.array(z.discriminatedUnion('type', [tableHeader, tableCell])).min(1)
  },
})

const table = z.strictObject({
  type: z.literal('table'),
  get content() {
    return z.array(tableRow).min(1)
  },
})

export const blockNode = z.discriminatedUnion('type', [
  paragraph,
  heading,
  bulletList,
  orderedList,
  blockquote,
  callout,
  codeBlock,
  table,
  image,
  file,
  embed,
  video,
  mathBlock,
  horizontalRule,
])

export type BlockNode = z.infer<typeof blockNode>
export type ListItemNode = z.infer<typeof listItem>
export type TableRowNode = z.infer<typeof tableRow>
