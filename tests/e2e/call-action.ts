import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Answer, ask } from '#tests/support/http'

/** Calls server actions as a page's script does, without a page: what they refuse must not hang on the page. */

type Entry = Readonly<{
  exportedName?: string
  filename?: string
  workers: Readonly<Record<string, unknown>>
}>
type Manifest = Readonly<Record<'node', Readonly<Record<string, Entry>>>>

const ROOT = resolve(import.meta.dirname, '../..')

let manifest: Manifest | undefined

export type ActionRef = Readonly<{
  /** Next's id of the action in this build. */
  ref: string
  /** Addresses of pages that have it, `x` in place of what varies; without the host's part. */
  paths: Readonly<{ school: string | null; root: string | null }>
}>

function pathOf(workers: readonly string[], prefix: string): string | null {
  const found = workers.filter((worker) => worker.startsWith(prefix)).sort()[0]
  if (found === undefined) return null
  const parts = found.slice(prefix.length).split('/').slice(0, -1)
  return `/${parts.map((part) => (part.startsWith('[') ? 'x' : part)).join('/')}`
}

/** An action of the build, by its file and name. @throws Error when the build has none */
export function actionRef(file: string, exportedName: string): ActionRef {
  manifest ??= JSON.parse(
    readFileSync(join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as Manifest
  const found = Object.entries(manifest.node).find(
    ([, entry]) => entry.exportedName === exportedName && entry.filename === file,
  )
  if (found === undefined) throw new Error(`The build has no action ${exportedName} of ${file}.`)
  const [ref, { workers }] = found
  const pages = Object.keys(workers)
  return {
    ref,
    paths: {
      school: pathOf(pages, 'app/school/[subdomain]/'),
      root: pathOf(pages, 'app/(site)/'),
    },
  }
}

export type Called = Readonly<{
  answer: Answer
  /** The `ActionResult`, as far as its code goes: 'ok', an error's code, or null when no action ran. */
  code: string | null
  /** Error texts by field. */
  text: string
}>

type Call = Readonly<{
  ref: string
  host: string
  path: string
  form: Readonly<Record<string, string | readonly string[]>>
  headers?: Readonly<Record<string, string>>
  /** An address of this machine to come from. */
  from?: string
}>

const BOUNDARY = 'smartlmsboundary'

function part(name: string, value: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}

function codeIn(body: string): string | null {
  if (/"ok":true/.test(body)) return 'ok'
  return /"ok":false,"code":"([a-z_]+)"/.exec(body)?.[1] ?? null
}

/** One call of an action made for useActionState: a state that nobody believes, and a form. */
export async function callAction({ ref, host, path, form, headers = {}, from }: Call): Promise<Called> {
  const fields = Object.entries(form).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : [...value]).map((one) => part(`_1_${name}`, one)),
  )
  const body = `${fields.join('')}${part('0', '["$undefined","$K1"]')}--${BOUNDARY}--\r\n`
  const answer = await ask({
    host,
    path,
    method: 'POST',
    body,
    ...(from === undefined ? {} : { from }),
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'next-action': ref,
      accept: 'text/x-component',
      origin: `http://${host}`,
      ...headers,
    },
  })
  return { answer, code: codeIn(answer.body), text: answer.body }
}
