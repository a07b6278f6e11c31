import type { Agent } from 'node:http'
import type { Client } from 'pg'
import { NAMES } from './data.mts'
import { page } from './http.mts'
import { PAGES, placesOf } from './places.mts'
import { pathOf } from './protocol.mts'
import { judge, type Limit, type Row, type Section } from './report.mts'
import { LENGTHS } from './rows-world.mts'
import { dataStatements, forget } from './statistics.mts'

const LIMIT: Limit = { at: 'most', budget: 8, stretch: 3 }
const REQUESTS = 5

/** Data statements of whole requests, in a school of 10 rows and in one of 1,000. */
export async function countSection(
  owner: Client,
  agent: Agent,
  port: number,
  roles: readonly string[],
): Promise<Section> {
  const rows: Row[] = []
  for (const name of PAGES) {
    const counts: number[] = []
    for (const length of LENGTHS) {
      const places = await placesOf(owner, `bench-rows-${length}`)
      const address = { port, host: `${places[name].subdomain}.localhost`, path: pathOf(places[name]) }
      await page(agent, address)
      await forget(owner)
      for (let request = 0; request < REQUESTS; request += 1) await page(agent, address)
      counts.push((await dataStatements(owner, roles)) / REQUESTS)
    }
    const equal = new Set(counts).size === 1
    rows.push({
      what: NAMES[name],
      figure: counts.join(' and '),
      spread: '',
      detail: equal ? 'equal at 10 and 1,000 rows' : 'grows with the list',
      limit: LIMIT,
      verdict: equal ? judge(Math.max(...counts), LIMIT, true) : 'not met',
    })
  }
  return {
    id: 'statements',
    title: 'Statements per page at 10 rows and at 1,000',
    about:
      'Whole requests to the production build, counted by the server, the host’s school in proxy.ts included. ' +
      'Rows are courses for the front page and the catalogue, lessons of the course for the other two.',
    rows,
  }
}
