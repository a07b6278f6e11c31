import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'

// What a learner writes is kept while they write it: through a closed tab, a dead connection and handing in at once.

const HOST = 'acme.localhost'
const COURSE = 'draftcourse'
const ID = 'draftessay'

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where "targetId" = $1`, [ID])
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, "tenantId", id, 'Letters kept', 'PUBLISHED', '2020-01-01Z' from people where email = 'instructor@acme.test'),
     assignment as (insert into "Assignment" (id, "tenantId", "courseId", title, points, accepts, settings, "publishedAt")
       select $2, "tenantId", $1, 'A kept letter', 20, '{TEXT,FILE}', '{}', now() from people where email = 'instructor@acme.test')
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e', "tenantId", $1, id from people
     where email = 'student@acme.test'`,
    [COURSE, ID],
  )
}

async function draft(): Promise<string[]> {
  const { rows } = await owner().query<{ content: string }>(
    `select content from "SubmissionDraft" where "assignmentId" = $1`,
    [ID],
  )
  return rows.map(({ content }) => content)
}

describe.runIf(CHROMIUM)('writing', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('is kept by itself, also when the connection was gone, and handed in without a rest', async () => {
    const { context, page } = await visitor({ width: 360, height: 740 })
    await enter(context, 'student')
    const address = urlOf(HOST, `/assignments/${ID}`)
    await page.goto(address, { waitUntil: 'networkidle' })
    const text = page.getByLabel('Your text')
    await text.fill('Dear friend,')
    await page.getByText('What you have here is saved, not handed in yet.').waitFor()
    expect(await draft()).toEqual(['Dear friend,'])

    await page.reload({ waitUntil: 'networkidle' })
    expect(await text.inputValue()).toBe('Dear friend,')
    await context.setOffline(true)
    await text.fill('Dear friend, the train is in a tunnel.')
    await page.getByText('Not saved: the connection broke off.').waitFor()
    await context.setOffline(false)
    await page.getByText('What you have here is saved, not handed in yet.').waitFor()
    expect(await draft()).toEqual(['Dear friend, the train is in a tunnel.'])

    // A file and the text change the same draft, one after the other.
    await text.fill('Dear friend, see the picture.')
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'sea.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') },
    })
    await page.getByRole('button', { name: 'Remove: sea.gif' }).waitFor()
    await expect.poll(draft, { timeout: 15_000 }).toEqual(['Dear friend, see the picture.'])

    await page.route('**/api/assignments/draft', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await route.continue()
    })
    // A file that is chosen while the text is on its way waits for it.
    const underWay = page.waitForRequest('**/api/assignments/draft')
    await text.fill('Dear friend, two pictures.')
    await underWay
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'sky.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') },
    })
    await page.getByRole('button', { name: 'Remove: sky.gif' }).waitFor()
    // Handed in while what was typed is on its way: nothing is left over.
    await text.fill('Dear friend, goodbye.')
    await page.waitForRequest('**/api/assignments/draft')
    await page.getByRole('button', { name: 'Hand in', exact: true }).click()
    await page.getByText('Handed in. It can be seen below').waitFor()
    expect(await draft()).toEqual([])
    const { rows } = await owner().query<{ content: string; files: string[] }>(
      `select v.content, v.files from "SubmissionVersion" v join "Submission" s on s.id = v."submissionId"
       where s."assignmentId" = $1`,
      [ID],
    )
    expect(rows.map(({ content, files }) => [content, files.length])).toEqual([['Dear friend, goodbye.', 2]])
    await context.close()
  })
})
