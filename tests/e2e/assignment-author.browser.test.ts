import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// An author makes an assignment by the keyboard, meets a colleague in it, publishes, deletes and takes that back.

const HOST = 'acme.localhost'
const COURSE = 'assignmentauthorcourse'
const LIST = `/teach/courses/${COURSE}/assignments`

async function remove(): Promise<void> {
  await owner().query(
    `delete from "AuditLog" where "targetId" in (select id from "Assignment" where "courseId" = $1)`,
    [COURSE],
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
     select $1, u."tenantId", u.id, 'Letters of a teacher', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin'
     from "User" u join "Tenant" t on t.id = u."tenantId" where t.subdomain = 'acme' and u.email = 'instructor@acme.test'`,
    [COURSE],
  )
}

describe.runIf(CHROMIUM)('building an assignment', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('takes the keyboard alone, names what is wrong, and overwrites no colleague', async () => {
    const { context, page, complaints } = await visitor({ width: 360, dark: true })
    await enter(context, 'instructor')
    await page.goto(urlOf(HOST, LIST), { waitUntil: 'networkidle' })
    await page.getByText('No assignment yet').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Title of the new assignment').fill('A letter of complaint')
    await page.keyboard.press('Enter')
    await page.waitForURL(/assignments\/[a-z0-9]{20,}/, { waitUntil: 'networkidle' })
    const address = page.url().split('?')[0] ?? ''
    await page.getByLabel('Points').fill('twenty')
    await page.getByLabel('Each day late takes').fill('120')
    await page.getByRole('button', { name: 'Save assignment' }).press('Enter')
    await page.getByText('Write a number from 0 to 10,000, with at most 2 places.').first().waitFor()
    await page.getByText('Write a number from 0 to 100, with at most 2 places.').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Points').fill('20')
    await page.getByLabel('Each day late takes').fill('7,5')
    await page.getByLabel('A link, to a document or a page').press('Space')
    await page.getByLabel('Due', { exact: false }).first().fill('2027-03-28T18:00')

    const other = await visitor()
    await enter(other.context, 'admin')
    await other.page.goto(address, { waitUntil: 'networkidle' })
    await other.page.getByLabel('Task').fill('Complain politely.')
    await other.page.getByRole('button', { name: 'Save assignment' }).click()
    await other.page.getByText('Saved.', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save assignment' }).press('Enter')
    await page.getByText('Somebody else has changed this assignment').first().waitFor()
    expect(await page.getByLabel('Points').inputValue()).toBe('20')

    await page.goto(address, { waitUntil: 'networkidle' })
    expect(await page.getByLabel('Task').inputValue()).toBe('Complain politely.')
    await page.getByLabel('Points').fill('20')
    await page.getByLabel('Points').press('Enter')
    await page.getByText('Saved.', { exact: true }).waitFor()
    await picture(page, 'assignment-author-1-edit-360')
    await page.getByRole('button', { name: 'Publish assignment' }).press('Enter')
    await page.getByText('The assignment is published.').waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByRole('button', { name: 'Delete assignment' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete assignment' }).press('Enter')
    await page.getByText('The assignment was deleted.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByText('The assignment is back.').waitFor()
    await page.getByRole('link', { name: 'A letter of complaint' }).waitFor()
    await picture(page, 'assignment-author-2-list-360')
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await other.context.close()
    await context.close()
  })
})
