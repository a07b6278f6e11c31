import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// A learner hands in a file from a phone, over a connection that breaks off; whoever grades saves the same bytes.

const HOST = 'acme.localhost'
const COURSE = 'workfilecourse'
const ID = 'workfileessay'
const BYTES = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(9_500_000, 'essay ')])
const ESSAY = { name: 'My essay.pdf', mimeType: 'application/pdf', buffer: BYTES }

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where "targetId" = $1`, [ID])
  await owner().query(`delete from "StoredFile" where key like '%/private/submissions/' || $1 || '/%'`, [ID])
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, "tenantId", id, 'Writing essays', 'PUBLISHED', '2020-01-01Z' from people
       where email = 'instructor@acme.test'),
     assignment as (insert into "Assignment" (id, "tenantId", "courseId", title, points, accepts, settings, "publishedAt")
       select $2, "tenantId", $1, 'An essay', 20, '{TEXT}', '{}', now() from people where email = 'instructor@acme.test')
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e', "tenantId", $1, id from people
     where email = 'student@acme.test'`,
    [COURSE, ID],
  )
}

/** The author lets files in. */
async function author(): Promise<void> {
  const { context, page } = await visitor({ width: 1280, height: 900 })
  await enter(context, 'instructor')
  await page.goto(urlOf(HOST, `/teach/courses/${COURSE}/assignments/${ID}`), { waitUntil: 'networkidle' })
  await page.getByLabel('Files, up to five').check()
  await page.getByRole('button', { name: 'Save assignment' }).click()
  await page.getByText('Saved.').first().waitFor()
  await context.close()
}

/** Chooses a large file whose sending breaks off, and tries again. */
async function chooseTwice(page: Page): Promise<void> {
  let cut = 0
  await page.route('**/api/assignments/file?*', (route) => {
    cut += 1
    return cut === 2 ? route.abort('connectionreset') : route.continue()
  })
  await page.getByLabel('Choose a file').setInputFiles(ESSAY)
  await page.getByText('My essay.pdf couldn’t be sent. The connection broke off').waitFor()
  await picture(page, 'assignment-files-1-cut-off-360')
  expect(await violations(page)).toEqual([])
  expect(await page.getByLabel('Your text').inputValue()).toBe('Please read the file.')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Remove: my-essay.pdf' }).waitFor()
  // Three parts: what had arrived wasn't sent again.
  expect(cut).toBe(4)
}

describe.runIf(CHROMIUM)('files of an assignment', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('are sent from a phone, kept, handed in, and saved by whoever grades', async () => {
    await author()
    const { context, page } = await visitor({ width: 360, height: 740 })
    await enter(context, 'student')
    await page.goto(urlOf(HOST, `/assignments/${ID}`), { waitUntil: 'networkidle' })
    await page.getByLabel('Your text').fill('Please read the file.')
    await chooseTwice(page)

    await page.getByLabel('Add another file').setInputFiles({ ...ESSAY, name: 'page.html' })
    await page.getByText('page.html is not one of these kinds').waitFor()
    await page
      .getByLabel('Add another file')
      .setInputFiles({ ...ESSAY, name: 'second.pdf', buffer: BYTES.subarray(0, 5_000) })
    await page.getByRole('button', { name: 'Remove: second.pdf' }).click()
    await page.getByRole('button', { name: 'Remove: second.pdf' }).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Save for later' }).click()
    await page.getByText('Saved for later.').waitFor()
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Remove: my-essay.pdf' }).waitFor()
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(1)
    await picture(page, 'assignment-files-2-kept-360')
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

    await page.getByRole('button', { name: 'Hand in', exact: true }).click()
    await page.getByText('Handed in. It can be seen below').waitFor()
    await page.getByRole('link', { name: 'my-essay.pdf' }).waitFor()
    await picture(page, 'assignment-files-3-handed-in-360')
    expect(await violations(page)).toEqual([])
    await context.close()

    const { rows } = await owner().query<{ id: string }>(
      `select id from "Submission" where "assignmentId" = $1 and cardinality(files) = 1`,
      [ID],
    )
    const grader = await visitor({ width: 1280, height: 900 })
    await enter(grader.context, 'instructor')
    const base = `/teach/courses/${COURSE}/assignments/${ID}/submissions`
    await grader.page.goto(urlOf(HOST, `${base}/${rows[0]?.id ?? ''}`), { waitUntil: 'networkidle' })
    await picture(grader.page, 'assignment-files-4-grader-1280')
    expect(await violations(grader.page)).toEqual([])
    const saving = grader.page.waitForEvent('download')
    await grader.page.getByRole('link', { name: 'my-essay.pdf' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('my-essay.pdf')
    expect((await readFile(await saved.path())).equals(BYTES)).toBe(true)
    await grader.context.close()
  })
})
