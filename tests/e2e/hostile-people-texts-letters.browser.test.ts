import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Running } from '#scripts/screenshots/throwaway'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown } from './hostile-page'
import {
  closedSchool,
  HOST,
  lettersOf,
  makeHostileSchool,
  PEOPLE,
  PERSON_NAMES,
  removeHostileSchool,
  SCHOOL,
  SCHOOL_NAMES,
  SCHOOLS,
  some,
  tellAll,
  untilSent,
  type Written,
} from './hostile-school'
import { startLetters } from './letters'

// Letters leave the house: whoever reads them has no policy of ours, so their HTML has to be harmless by itself.

let pair: Pair
let worker: Running

const NOTICES = [
  ...(['password-changed', 'second-factor-on', 'second-factor-off', 'recovery-codes-used'] as const),
  ...(['email-welcome', 'signed-up-already', 'identity-linked', 'identity-unlinked'] as const),
  ...(['recovery-codes-new'] as const),
]
const LIMITS = ['people', 'courses', 'storage', 'ai'] as const
const LINKS = [
  ['mail.verify-email', 'VERIFY_EMAIL'],
  ['mail.reset-password', 'RESET_PASSWORD'],
  ['mail.magic-link', 'MAGIC_LINK'],
  ['mail.change-email', 'CHANGE_EMAIL'],
] as const

/** All that letters are built of. */
const TAGS = ['a', 'body', 'br', 'div', 'doctype', 'head', 'html', 'meta', 'p', 'title']

const personOf = (n: number): string => `${SCHOOL}n${String((n % PERSON_NAMES.length) + 1)}`

async function tellLinks(): Promise<void> {
  for (const [kind, purpose] of LINKS) {
    await owner().query(
      `insert into "VerificationToken" (id, "tenantId", "userId", purpose, "expiresAt")
       select $1 || lower(left($2, 1)) || n, $1, $1 || 'n' || n, $2::"TokenPurpose", now() + interval '1 hour' from generate_series(1, $3::int) as n`,
      [SCHOOL, purpose, PERSON_NAMES.length],
    )
    const initial = purpose.slice(0, 1).toLowerCase()
    const payloads = PERSON_NAMES.map((_, n) => ({ tokenId: `${SCHOOL}${initial}${String(n + 1)}` }))
    await tellAll(SCHOOL, kind, payloads)
  }
}

/** Of courses called after every vector, revoked and restored by turns. */
async function tellCertificates(): Promise<void> {
  await owner().query(
    `insert into "Certificate" (id, "tenantId", "userId", code, "learnerName", "courseTitle", "instructorName", "completedAt", "revokedAt")
     select $1 || 'k' || n, $1, $1 || 'n' || n, md5(n::text), text, text, text, now(), case when n % 2 = 0 then now() end
     from unnest($2::text[]) with ordinality as given(text, n)`,
    [SCHOOL, PERSON_NAMES],
  )
  const payloads = PERSON_NAMES.map((_, n) => ({
    ...{ certificateId: `${SCHOOL}k${String(n + 1)}`, revoked: (n + 1) % 2 === 0 },
  }))
  await tellAll(SCHOOL, 'mail.certificate', payloads)
}

/** Asks for schools under every vector, by people of the same name. */
async function tellRequests(): Promise<void> {
  await owner().query(
    `insert into "SchoolRequest" (id, "tenantId", "requestKey", "schoolName", subdomain, "adminName", email, password, "expiresAt")
     select $1 || 'q' || n, 'platform', $1 || n, text, 'texts-q' || n, text, 'q' || n || '@texts.test', '!', now() + interval '1 hour'
     from unnest($2::text[]) with ordinality as given(text, n)`,
    [SCHOOL, SCHOOL_NAMES],
  )
  await tellAll(
    'platform',
    'mail.school-request',
    SCHOOL_NAMES.map((_, n) => ({ requestId: `${SCHOOL}q${String(n + 1)}` })),
  )
}

/** Every kind of letter there is, to people of every name, and one from each of the closed schools. */
async function tellEverything(): Promise<void> {
  await tellAll(
    SCHOOL,
    'mail.account-notice',
    PERSON_NAMES.flatMap((_, n) =>
      [0, 1].map((more) => ({ userId: personOf(n), what: NOTICES[(n * 2 + more) % NOTICES.length] })),
    ),
  )
  const invitations = PEOPLE.map((_, n) => ({ invitationId: `${SCHOOL}i${String(n + 1)}` }))
  await tellAll(SCHOOL, 'mail.invitation', invitations)
  await tellLinks()
  await tellCertificates()
  await tellRequests()
  // The letters of a school that is closed wait until it is opened again.
  await owner().query(`update "Tenant" set status = 'ACTIVE' where id like $1 || '%'`, [SCHOOL])
  for (const index of SCHOOLS.keys()) {
    const { id } = closedSchool(index)
    const limit = { userId: `${id}u`, kind: LIMITS[index % LIMITS.length], used: 90, limit: 100 }
    await tellAll(id, 'mail.limit-near', [limit])
  }
}

function ours(): Written[] {
  const platform = lettersOf('platform').filter(({ to }) => to.address.endsWith('@texts.test'))
  return [...lettersOf(SCHOOL), ...platform, ...SCHOOLS.flatMap((_, n) => lettersOf(closedSchool(n).id))]
}

describe.runIf(CHROMIUM && isDue(1, 3))('hostile texts in letters', () => {
  let letters: Written[] = []

  beforeAll(async () => {
    await makeHostileSchool()
    worker = startLetters()
    await tellEverything()
    await untilSent(`${SCHOOL}%`)
    await untilSent('platform')
    letters = ours()
    pair = await openPair()
  })

  afterAll(async () => {
    await closePair(pair)
    await worker.stop()
    await owner().query(`delete from "SchoolRequest" where id like $1 || 'q%'`, [SCHOOL])
    await owner().query(
      `delete from "Outbox" where "tenantId" = 'platform' and payload ->> 'requestId' like $1`,
      [`${SCHOOL}q%`],
    )
    await removeHostileSchool()
  })

  afterEach(async () => {
    expect(await metBy(pair)).toEqual([])
  })

  test('go out whatever the names are, every letter with those that it was made of', () => {
    expect(letters.length).toBe(
      PERSON_NAMES.length * 7 + PEOPLE.length + SCHOOL_NAMES.length + SCHOOLS.length,
    )
    const all = letters.map(({ text }) => shown(text)).join('\n')
    const names = [...PERSON_NAMES, ...PEOPLE, ...SCHOOL_NAMES, ...SCHOOLS].map(shown)
    expect(names.filter((name) => !all.includes(name))).toEqual([])
    const tags = letters.flatMap(({ html }) => [...html.matchAll(/<[/!]?([a-z]+)/gi)].map(([, tag]) => tag))
    expect([...new Set(tags)].sort()).toEqual(TAGS)
  })

  test('run nothing where no policy keeps them, and read as they were typed', async () => {
    await both(pair, async ({ context }) => {
      await context.route('http://letters.localhost/*', async (route) => {
        const letter = letters[Number(new URL(route.request().url()).pathname.slice(1))]
        await route.fulfill({ contentType: 'text/html; charset=utf-8', body: letter?.html ?? '' })
      })
    })
    const read = some([...letters.entries()], 80)
    await shareOut(pair, read, async (watcher, [index, { text }]) => {
      await watcher.go(`http://letters.localhost/${index}`)
      const article = await watcher.text('[role=article]')
      // Paragraph by paragraph, but for the link’s label and the line above the footer, which the two forms write apart.
      const missing = text
        .split(/\n\n|:\n|-- \n/)
        .map(shown)
        .filter((part) => !article.includes(part))
      expect([index, missing]).toEqual([index, []])
      expect(await watcher.page.locator('a').count()).toBe(2)
    })
  })

  test('stand in the demo’s outbox as their text, opened or not', async () => {
    const pages = [
      [urlOf(HOST, '/outbox'), SCHOOL],
      [urlOf('localhost', '/outbox'), 'platform'],
    ] as const
    for (const [address, tenantId] of pages) {
      await both(pair, async (watcher) => {
        await watcher.go(address)
        const newest = lettersOf(tenantId).slice(0, 50)
        const items = await watcher.texts('main ol > li')
        expect(items.length).toBe(newest.length)
        for (const [n, { subject, text }] of newest.entries()) {
          expect(items[n]).toContain(shown(subject))
          expect(items[n]).toContain(shown(text))
        }
        for (const n of [1, 2, 3]) await watcher.page.locator('main ol > li summary').nth(n).click()
        await watcher.look()
        const links = await watcher.page
          .locator('main ol a')
          .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
        expect(
          links.filter((href) => !/^http:\/\/(?:[a-z0-9-]+\.)?localhost:\d+\//.test(href ?? '')),
        ).toEqual([])
      })
    }
  })
})
