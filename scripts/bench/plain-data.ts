import type { Client } from 'pg'
import { SHOWN } from './product-data'
import type { Place, PlainSql } from './protocol.mts'

async function ask(
  client: Client,
  name: keyof PlainSql,
  text: string,
  values: unknown[],
): Promise<unknown[]> {
  return (await client.query<object>({ name, text, values })).rows
}

/** The rows behind a page by prepared statements on one connection, without a transaction. */
export async function plainRows(client: Client, place: Place, sql: PlainSql): Promise<unknown[]> {
  const { page, tenantId, courseId, lessonId } = place
  switch (page) {
    case 'front':
    case 'catalogue': {
      const limit = SHOWN[page]
      return (await ask(client, 'list', sql.list, [tenantId, limit + 1])).slice(0, limit)
    }
    case 'course':
      return [
        ...(await ask(client, 'course', sql.course, [tenantId, courseId])),
        ...(await ask(client, 'outline', sql.outline, [tenantId, courseId])),
      ]
    case 'lesson':
      return [
        ...(await ask(client, 'lesson', sql.lesson, [tenantId, lessonId, courseId])),
        ...(await ask(client, 'outline', sql.outline, [tenantId, courseId])),
      ]
  }
}
