import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasPage, SCHOOL_PAGES, SITE_PAGES } from '#lib/tenancy/addresses'

/** Addresses of the page files below a folder of app/, route groups left out. */
function addresses(folder: string): string[] {
  return globSync('**/page.tsx', { cwd: folder })
    .map((file) => `/${file.replace(/\/?page\.tsx$/, '').replace(/\([^)]+\)\//g, '')}`)
    .sort()
}

describe('proxy.ts knows every page', () => {
  it('of a school, and no other', () => {
    expect([...SCHOOL_PAGES, '/missing'].sort()).toEqual(addresses('app/school/[subdomain]'))
  })

  it('of the root host, and no other', () => {
    expect([...SITE_PAGES].sort()).toEqual(addresses('app/(site)'))
  })

  it('by whole paths only', () => {
    expect(hasPage('school', '/courses/c1')).toBe(true)
    for (const path of ['/courses/', '/courses/c1/x', '/missing', '/school/acme', '//', '/learn/c1', '']) {
      expect(hasPage('school', path)).toBe(false)
    }
  })
})
