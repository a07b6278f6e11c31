import pg from 'pg'

/** What a unit of work sends beside its statements. */
const FRAME = /^\s*(BEGIN|COMMIT|ROLLBACK|SELECT r\.rolsuper)/i

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** Runs `work` and gives the texts of the data statements that this process sent meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  const original = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query')
  if (original === undefined) throw new Error('pg.Client has no query of its own any more.')
  const send: unknown = original.value
  if (typeof send !== 'function') throw new Error('pg.Client.query is no function any more.')
  Object.defineProperty(pg.Client.prototype, 'query', {
    ...original,
    value(this: pg.Client, ...parameters: unknown[]): unknown {
      const text = textOf(parameters[0])
      if (text !== '' && !FRAME.test(text)) seen.push(text)
      return Reflect.apply(send, this, parameters)
    },
  })
  try {
    await work()
  } finally {
    Object.defineProperty(pg.Client.prototype, 'query', original)
  }
  return seen
}
