import { PAGES, type Places } from './places.mts'
import { PLAIN_SQL } from './plain-sql.mts'
import type { Place } from './protocol.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { ratios, spreadOf } from './stats.mts'
import type { DataWorker } from './worker-client.mts'

const LIMIT: Limit = { at: 'most', budget: 2, stretch: 1.3 }

export const NAMES: Record<Place['page'], string> = {
  front: 'front page',
  catalogue: 'catalogue',
  course: 'course page',
  lesson: 'preview lesson',
}

/** Each page's data function against the same rows by hand-written SQL. */
export async function dataSection(
  worker: DataWorker,
  places: Places,
  options: { rounds: number; quiet: boolean },
): Promise<Section> {
  const rows: Row[] = []
  for (const page of PAGES) {
    const times = await worker.compare({
      place: places[page],
      sql: PLAIN_SQL,
      rounds: options.rounds,
      calls: 100,
    })
    const [product, plain] = [spreadOf(times.product), spreadOf(times.plain)]
    rows.push(
      measured(NAMES[page], spreadOf(ratios({ a: times.product, b: times.plain })), {
        limit: LIMIT,
        quiet: options.quiet,
        detail: `${product.median.toFixed(2)} ms / ${plain.median.toFixed(2)} ms`,
      }),
    )
  }
  return {
    id: 'data',
    title: 'A page’s data function / the same rows by hand-written SQL',
    about:
      'Wall clock, one caller, 100 calls a round. On one side `readTenant` and the queries that the page loads; on the other ' +
      'prepared statements on one open connection of a superuser, without a transaction. Both give equal rows, or the run stops.',
    rows,
  }
}
