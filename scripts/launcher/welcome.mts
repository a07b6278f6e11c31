import { variable } from './environment.mts'

const PEOPLE: readonly (readonly [host: string, about: string, people: readonly string[]])[] = [
  ['acme', 'Acme Academy', ['student@acme.test', 'instructor@acme.test', 'admin@acme.test']],
  ['globex', 'Globex Institute', ['student@globex.test', 'instructor@globex.test', 'admin@globex.test']],
  ['initech', 'Initech, suspended', ['admin@initech.test']],
  ['', 'the platform', ['root@smartlms.test']],
]

/** The addresses and accounts of the demo world, to be read in a terminal. */
export function welcome(port: number, lines: readonly string[]): string {
  const domain = variable('SMARTLMS_ROOT_DOMAIN') ?? 'localhost'
  const suffix = port === 80 ? '' : `:${port}`
  const rows = PEOPLE.map(([host, about, people]) => {
    const address = `http://${host === '' ? '' : `${host}.`}${domain}${suffix}`
    return [`  ${address}`, `    ${about}: ${people.join(', ')}`].join('\n')
  })
  return [
    '',
    'SmartLMS is ready.',
    '',
    ...rows,
    '',
    '  The password of every account is smartlms-demo.',
    ...lines.map((line) => `  ${line}`),
    '  Ctrl-C stops everything.',
    '',
  ].join('\n')
}
