import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, hostOf, rootHost } from '#tests/support/http'
import { contentOfTables, logSize, logText } from '#tests/support/served'
import { schoolFacts } from './world'

// Server actions answer to their own host's pages only, take what they ask for and nothing else.

let actionId: string
let content: string

beforeAll(async () => {
  const { body } = await ask({ host: hostOf('acme') })
  actionId = /name="\$ACTION_ID_([0-9a-f]+)"/.exec(body)?.[1] ?? ''
  content = await contentOfTables()
})

type Fields = Readonly<Record<string, string>>

/** A form as a browser without JavaScript sends it. */
function form(fields: Fields): { headers: Record<string, string>; body: string } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: `${parts.join('')}--b--\r\n`,
  }
}

function send(fields: Fields, headers: Fields = {}, host = hostOf('acme')): Promise<Answer> {
  const sent = form(fields)
  return ask({ host, method: 'POST', body: sent.body, headers: { ...sent.headers, ...headers } })
}

function choose(theme: string, headers: Fields = {}, more: Fields = {}): Promise<Answer> {
  return send({ [`$ACTION_ID_${actionId}`]: '', theme, ...more }, headers)
}

function setsTheme(answer: Answer): boolean {
  return (answer.headers['set-cookie'] ?? []).some((cookie) => cookie.includes('theme'))
}

describe('preferences.theme', () => {
  test('a valid choice shows the page in it and is kept in a cookie of this host alone', async () => {
    const answer = await choose('dark', { origin: `http://${hostOf('acme')}` })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('data-theme="dark"')
    const cookie = (answer.headers['set-cookie'] ?? []).find((text) => text.includes('theme')) ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=lax/i)
    expect(cookie).not.toMatch(/Domain=/i)
  })

  test('works on the root host too', async () => {
    const landing = await ask({ host: rootHost() })
    const id = /name="\$ACTION_ID_([0-9a-f]+)"/.exec(landing.body)?.[1] ?? ''
    const answer = await send(
      { [`$ACTION_ID_${id}`]: '', theme: 'light' },
      { origin: `http://${rootHost()}` },
      rootHost(),
    )
    expect(answer.status).toBe(200)
    expect(setsTheme(answer)).toBe(true)
  })

  test.each([
    ['a value that is none', { theme: 'purple' }],
    ['no value', {}],
    ['a field that nobody asked for', { theme: 'dark', tenantId: 'platform' }],
    ['a role', { theme: 'dark', role: 'SUPER_ADMIN' }],
  ])('%s is refused and changes nothing', async (_name, fields) => {
    const answer = await send(
      { [`$ACTION_ID_${actionId}`]: '', ...fields },
      { origin: `http://${hostOf('acme')}` },
    )
    expect(setsTheme(answer)).toBe(false)
    expect(answer.status).toBeLessThan(500)
    expect(await contentOfTables()).toBe(content)
  })
})

describe('forged requests', () => {
  test.each([
    ['another site', { origin: 'https://evil.test' }],
    [
      'another site that also forges X-Forwarded-Host',
      { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' },
    ],
    ['another school', { origin: 'http://globex.localhost' }],
    [
      'another school that also forges X-Forwarded-Host',
      { origin: 'http://globex.localhost', 'x-forwarded-host': 'globex.localhost' },
    ],
    ['the root host', { origin: 'http://localhost' }],
    ['our host on another port', { origin: 'http://acme.localhost:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a sandboxed frame that forges X-Forwarded-Host', { origin: 'null', 'x-forwarded-host': 'null' }],
    ['no site that can be read', { origin: 'not an origin' }],
  ])('from %s set nothing', async (_name, headers) => {
    const answer = await choose('dark', headers)
    expect(setsTheme(answer)).toBe(false)
    expect(answer.body).not.toContain('data-theme="dark"')
  })

  test.each([
    ['an unknown action, as a form', { [`$ACTION_ID_${'0'.repeat(42)}`]: '' }, {}],
    ['an unknown action, as a script', {}, { 'next-action': '0'.repeat(42) }],
    ['an action’s id of the wrong shape', {}, { 'next-action': '../../etc/passwd' }],
    [
      'a bound action that nobody bound',
      { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"x","bound":"$@1"}' },
      {},
    ],
    ['a broken payload', { 0: '["$F1"]', 1: '{"id":"__proto__"}' }, { 'next-action': '0'.repeat(42) }],
  ])('%s tells nothing of its failure', async (_name, fields, headers) => {
    const from = logSize()
    const answer = await send(fields, { origin: `http://${hostOf('acme')}`, ...headers })
    expect(answer.whole).not.toMatch(/ at .*\.js|Error: |node_modules|stack/)
    expect(setsTheme(answer)).toBe(false)
    expect(await contentOfTables()).toBe(content)
    expect(logText(from)).not.toContain((await schoolFacts('acme')).canary)
  })

  test('a suspended school and an unknown host run no action', async () => {
    for (const host of [hostOf('initech'), 'nobody.localhost']) {
      const answer = await send(
        { [`$ACTION_ID_${actionId}`]: '', theme: 'dark' },
        { origin: `http://${host}` },
        host,
      )
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
  })
})
