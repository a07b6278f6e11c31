import { expect } from 'vitest'
import type { Answer } from '#tests/support/http'

/** Headers that every answer of the product carries, whatever it is. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** The nonce that the answer's policy names. */
export function nonceOf(answer: Answer): string {
  const policy = String(answer.headers['content-security-policy'])
  return /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
}

export function expectHeaders(answer: Answer): void {
  expect(answer.headers).toMatchObject(HEADERS)
  expect(answer.headers['x-powered-by']).toBeUndefined()
  expect(answer.headers['server']).toBeUndefined()
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
}

function tags(html: string, name: string): string[] {
  return html.match(new RegExp(`<${name}(?=[\\s>/])[^>]*>`, 'gi')) ?? []
}

/**
 * A page keeps its own policy: strict, with a nonce that every script and style element of it carries, and no
 * handler or address that a policy without 'unsafe-inline' would block.
 * @returns the nonce
 */
export function expectPage(answer: Answer): string {
  expectHeaders(answer)
  expect(answer.headers['content-type']).toContain('text/html')
  const policy = String(answer.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|style-src-elem[^;]*unsafe-inline/)
  const nonce = nonceOf(answer)
  expect(nonce).toMatch(/^[0-9a-f-]{36}$/)

  // What stands in the payload of a script is text, not markup.
  const html = answer.body.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/gi, '$1</script>')
  const guarded = [...tags(html, 'script'), ...tags(html, 'style')]
  expect(guarded.length).toBeGreaterThan(0)
  expect(guarded.filter((tag) => !tag.includes(` nonce="${nonce}"`))).toEqual([])
  const markup = html.match(/<[a-z][^>]*>/gi) ?? []
  expect(markup.filter((tag) => /\son[a-z]+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([])
  expect(markup.filter((tag) => /(href|src|action)\s*=\s*"\s*(javascript|data:text)/i.test(tag))).toEqual([])
  return nonce
}
