import type { Agent } from 'node:http'
import { gzipSync } from 'node:zlib'
import { NAMES } from './data.mts'
import { page, type Address } from './http.mts'
import { PAGES, type Places } from './places.mts'
import { pathOf } from './protocol.mts'
import { judge, short, type Limit, type Row, type Section } from './report.mts'
import type { Web } from './web.mts'

const LIMIT: Limit = { at: 'most', budget: 60, stretch: 30, unit: ' kB' }

/** Addresses of the scripts that a modern browser runs from a page; those for old browsers carry `nomodule`. */
function scriptsOf(html: string): string[] {
  const tags = [...html.matchAll(/<script\b[^>]*>/gi)].map(([tag]) => tag)
  const found = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .map((tag) => /\bsrc="([^"]+)"/i.exec(tag)?.[1])
    .filter((source) => source !== undefined)
  return [...new Set(found.map((source) => source.replaceAll('&amp;', '&')))]
}

type Weight = Readonly<{ scripts: number; html: number; raw: number }>

/** Gzipped kilobytes (1,000 bytes) of a page's scripts and of the page itself, and the page's plain ones. */
async function weigh(agent: Agent, address: Address): Promise<Weight> {
  const { body } = await page(agent, address)
  let scripts = 0
  for (const source of scriptsOf(body.toString('utf8'))) {
    scripts += gzipSync((await page(agent, { ...address, path: source })).body).length
  }
  return { scripts: scripts / 1000, html: gzipSync(body).length / 1000, raw: body.length / 1000 }
}

/** JavaScript before the first interaction, above the bare page of the same Next. */
export async function weightSection(agent: Agent, app: Web, bare: Web, places: Places): Promise<Section> {
  const host = `${places.front.subdomain}.localhost`
  const base = await weigh(agent, { port: bare.port, host, path: pathOf(places.course) })
  const rows: Row[] = []
  for (const name of PAGES) {
    const own = await weigh(agent, { port: app.port, host, path: pathOf(places[name]) })
    const above = own.scripts - base.scripts
    rows.push({
      what: NAMES[name],
      figure: `${short(above)} kB`,
      spread: '',
      detail: `${short(own.scripts)} kB in all; the page itself ${short(own.html)} kB gzipped, ${short(own.raw)} kB plain`,
      limit: LIMIT,
      verdict: judge(above, LIMIT, true),
    })
  }
  return {
    id: 'weight',
    title: 'JavaScript before the first interaction',
    about:
      `Gzipped, as the scripts of the served page name it, above the bare page of the same Next (${short(base.scripts)} kB). ` +
      'Scripts for browsers without modules are left out.',
    rows,
  }
}
