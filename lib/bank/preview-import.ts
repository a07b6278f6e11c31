import 'server-only'
import { knownIds } from '#lib/db/queries/bank'
import type { TenantDb } from '#lib/db/tenant'
import type { ImportReport, ReportRow } from './contract'
import { type FileItem, readFile, unreadable } from './read-file'
import type { Format } from './rules/limits'

type Input = Readonly<{
  locale: string
  format: Format
  text: string
  /** Counts instead of `text` when there is anything in it. */
  file: File | null
}>

/** Bytes of a file as text; null when they are no UTF-8. */
function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function rowOf({ item, kept, faults }: FileItem, index: number, there: boolean): ReportRow {
  const { line, prompt, tags, changes } = item
  const dropped = item.draft === null ? item : null
  const taken = changes.length > 0 ? 'changed' : 'imported'
  return {
    ...{ item: index, line, prompt, tags: [...tags], faults: [...faults] },
    outcome: kept === null ? 'dropped' : there ? 'there' : taken,
    type: item.draft?.type ?? null,
    changes: kept === null ? [] : [...changes],
    drop: dropped?.drop ?? null,
    note: dropped?.note ?? null,
  }
}

/**
 * Says item by item what an import would do, and changes nothing.
 * @throws AppError 'invalid_input' for a file that can't be read at all
 */
export async function previewImport(db: TenantDb, input: Input): Promise<ImportReport> {
  const { locale, format, file } = input
  const uploaded = file !== null && file.size > 0
  if (!uploaded && input.text.trim() === '') throw unreadable(locale, 'file', 'nothing')
  const text = uploaded ? decodeText(new Uint8Array(await file.arrayBuffer())) : input.text
  if (text === null) throw unreadable(locale, 'file', 'encoding')
  const field = uploaded ? 'file' : 'text'
  const items = readFile({ tenantId: db.tenantId, locale, format, field, text })
  const known = await knownIds(
    db,
    items.flatMap(({ kept }) => (kept === null ? [] : [kept.id])),
  )
  const rows = items.map((item, index) => {
    const there = item.kept !== null && known.has(item.kept.id)
    // The same item a second time in one file is one question.
    if (item.kept !== null) known.add(item.kept.id)
    return rowOf(item, index, there)
  })
  const any = rows.some(({ outcome }) => outcome === 'imported' || outcome === 'changed')
  return { format, rows, text: any ? text : '' }
}
