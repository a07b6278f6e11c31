import { type Cursor, decodeCursor, type Page } from '#lib/db/keyset'

type Walk = { forwards: string[]; backwards: string[]; pages: number }

function cursorOf(text: string | null): Cursor | null {
  return text === null ? null : decodeCursor(text)
}

/** Pages through a list to its end and back again; gives the ids in the order of the list, both times. */
export async function walk<Row extends { id: string }>(
  read: (cursor: Cursor | null) => Promise<Page<Row>>,
): Promise<Walk> {
  let page = await read(null)
  const forwards = page.rows.map((row) => row.id)
  let pages = 1
  for (let next = cursorOf(page.nextCursor); next !== null; next = cursorOf(page.nextCursor)) {
    page = await read(next)
    forwards.push(...page.rows.map((row) => row.id))
    pages += 1
  }
  const backwards = page.rows.map((row) => row.id)
  for (let back = cursorOf(page.previousCursor); back !== null; back = cursorOf(page.previousCursor)) {
    page = await read(back)
    backwards.unshift(...page.rows.map((row) => row.id))
  }
  return { forwards, backwards, pages }
}
