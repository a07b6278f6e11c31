import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, isLessonPath, securityHeaders } from '#lib/security/headers'
import { SCHOOL_PAGES, SITE_PAGES } from '#lib/tenancy/addresses'
import { readLimited } from '#lib/security/read-limited'

describe('the content security policy', () => {
  const policy = contentSecurityPolicy('abc', { https: true, development: false })

  it('lets scripts and style elements run by nonce alone', () => {
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
    expect(policy).toContain("style-src-elem 'self' 'nonce-abc';")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy.match(/unsafe-inline/g)).toHaveLength(1)
    expect(policy).toContain("style-src-attr 'unsafe-inline'")
  })

  it('closes what nothing here uses', () => {
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(rule)
  })

  it('lets a lesson’s page show the two players of films, and no other page any frame', () => {
    const lesson = contentSecurityPolicy('abc', { https: true, development: false, films: true })
    expect(lesson).toContain('; frame-src https://www.youtube-nocookie.com https://player.vimeo.com;')
    expect(lesson).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
    expect(policy).not.toContain('frame-src')
    const address = (pattern: string) => pattern.replace(/\[[^\]]+\]/g, 'a')
    expect([...SCHOOL_PAGES, ...SITE_PAGES].filter((pattern) => isLessonPath(address(pattern)))).toEqual([
      '/learn/[courseId]/[lessonId]',
      '/teach/courses/[courseId]/preview/[lessonId]',
    ])
    for (const path of ['/learn/a', '/learn/a/b/c', '/x/learn/a/b', '/teach/courses/a/preview', '/learn/a/'])
      expect(isLessonPath(path), path).toBe(false)
  })

  it('allows eval to the development server only, and asks for https only over https', () => {
    const local = contentSecurityPolicy('abc', { https: false, development: true })
    expect(local).toContain("'unsafe-eval'")
    expect(local).not.toContain('upgrade-insecure-requests')
  })

  it('announces HSTS only over https: on loopback it would lock the browser out', () => {
    expect(securityHeaders(true)).toHaveProperty('Strict-Transport-Security')
    expect(securityHeaders(false)).not.toHaveProperty('Strict-Transport-Security')
  })
})

describe('readLimited', () => {
  const post = (body: string) => new Request('http://x.test/', { method: 'POST', body })

  it('reads up to the limit', async () => {
    await expect(readLimited(post('é'.repeat(8)), 16)).resolves.toBe('é'.repeat(8))
  })

  it('stops above it', async () => {
    await expect(readLimited(post('a'.repeat(17)), 16)).rejects.toMatchObject({ code: 'payload_too_large' })
  })
})
