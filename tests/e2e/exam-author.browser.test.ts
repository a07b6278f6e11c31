import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, untilTrue, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// An author writes an exam of all ten kinds with the keyboard alone and publishes it; two authors meet in one question.

const HOST = 'acme.localhost'
const COURSE = 'examauthorcourse'
const EXAMS = `/teach/courses/${COURSE}/exams`

async function remove(): Promise<void> {
  await owner().query(
    `delete from "AuditLog" where "targetId" in (select id from "Exam" where "courseId" = $1)`,
    [COURSE],
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with teacher as (select u.id, u."tenantId" from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme' and u.email = 'instructor@acme.test'),
     learner as (select u.id, u."tenantId" from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme' and u.email = 'student@acme.test'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Physics for the curious', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin' from teacher)
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e', "tenantId", $1, id from learner`,
    [COURSE],
  )
}

type StoredExam = { id: string; kinds: string[]; prompts: string[]; published: boolean; versions: number }

async function stored(title: string): Promise<StoredExam> {
  const { rows } = await owner().query<StoredExam>(
    `select x.id, array(select q ->> 'type' from jsonb_array_elements(x.questions) q) as kinds,
       array(select q ->> 'prompt' from jsonb_array_elements(x.questions) q) as prompts, x."publishedAt" is not null as published,
       (select count(*)::int from "ExamVersion" v where v."examId" = x.id) as versions
     from "Exam" x where x."courseId" = $1 and x.title = $2`,
    [COURSE, title],
  )
  if (rows[0] === undefined) throw new Error(`There is no exam ${title}.`)
  return rows[0]
}

/** Waits for what is stored. */
async function until(title: string, wanted: (exam: StoredExam) => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (wanted(await stored(title))) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`Never stored: ${JSON.stringify(await stored(title))}`)
}

async function focused(page: Page): Promise<string> {
  const name: unknown = await page.evaluate(`(() => {
    const element = document.activeElement
    return (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim()
  })()`)
  return String(name)
}

/** Presses a key until something has the focus. */
async function press(page: Page, key: string, wanted: string | RegExp, most = 60): Promise<void> {
  const heard: string[] = []
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key)
    const name = await focused(page)
    heard.push(name)
    if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return
  }
  throw new Error(`${key} never came to ${String(wanted)}: ${heard.join(' | ')}`)
}

async function author(width = 1440, dark = false): Promise<Visitor> {
  const made = await visitor({ width, dark })
  await enter(made.context, 'instructor')
  return made
}

/** Makes an exam and opens its questions. */
async function created(page: Page, title: string): Promise<void> {
  await page.goto(urlOf(HOST, EXAMS), { waitUntil: 'networkidle' })
  await page.getByLabel('Title of the new exam').fill(title)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/exams\/[a-z0-9]{32}/, { waitUntil: 'networkidle' })
}

type Step = readonly [field: string | RegExp, typed: string]

/** What is typed into the fields of each kind, in the order in which Tab comes to them; a space marks. */
const KINDS: readonly (readonly [kind: string, prompt: string, steps: readonly Step[]])[] = [
  [
    'Single choice',
    'Which of these is a unit of force?',
    [
      ['Option 1 is right', ' '],
      ['Option 1', 'newton'],
      ['Option 2', 'joule'],
      ['Option 3', 'watt'],
    ],
  ],
  [
    'Multiple choice',
    'Which of these have a direction?',
    [
      ['Option 1 is right', ' '],
      ['Option 1', 'velocity'],
      ['Option 2', 'mass'],
      ['Option 3 is right', ' '],
      ['Option 3', 'acceleration'],
    ],
  ],
  ['True or false', 'A feather falls as fast as a hammer where there is no air.', [['True', ' ']]],
  ['Short text', 'Who wrote the Principia?', [['Accepted answer 1', 'Newton']]],
  [
    'Number',
    'How fast does a stone fall after one second?',
    [
      ['Right answer', '9.81'],
      [/^Unit/, 'm/s'],
      ['Tolerance', '0.1'],
    ],
  ],
  [
    'Matching',
    'Which unit belongs to what?',
    [
      ['Left 1', 'force'],
      ['Right 1', 'newton'],
      ['Left 2', 'energy'],
      ['Right 2', 'joule'],
      ['Left 3', 'power'],
      ['Right 3', 'watt'],
    ],
  ],
  [
    'Ordering',
    'From the shortest to the longest wave:',
    [
      ['Item 1', 'gamma rays'],
      ['Item 2', 'light'],
      ['Item 3', 'radio'],
    ],
  ],
  ['Fill in the blanks', 'Complete the sentence.', [['Text with blanks', 'Water boils at {{100}} degrees.']]],
  ['Essay', 'Why does the moon not fall down?', []],
  ['File upload', 'Hand in the plot of your measurements.', []],
]

describe.runIf(CHROMIUM)('an exam', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('of all ten kinds is written, saved and published with the keyboard alone', async () => {
    const title = 'Forces and motion'
    const { context, page, complaints } = await author()
    await page.goto(urlOf(HOST, EXAMS), { waitUntil: 'networkidle' })
    await picture(page, 'exam-author-1-empty')
    await press(page, 'Tab', 'Title of the new exam')
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/exams\/[a-z0-9]{32}/, { waitUntil: 'networkidle' })
    for (const [kind, prompt, steps] of KINDS) {
      await press(page, 'Tab', kind)
      await page.keyboard.press('Enter')
      await untilTrue(page, `document.activeElement?.tagName === 'TEXTAREA'`)
      await page.keyboard.type(prompt)
      for (const [field, typed] of steps) {
        await press(page, 'Tab', field)
        if (typed === ' ') await page.keyboard.press('Space')
        else await page.keyboard.type(typed)
      }
      if (kind === 'Short text') {
        await press(page, 'Tab', /^Try an answer/)
        await page.keyboard.type('newton')
        await page.getByText('It fits “Newton”.').waitFor()
        await picture(page, 'exam-author-2-trying')
      }
      if (kind === 'Fill in the blanks') await press(page, 'Tab', /^Blank 1 takes/)
      await page.keyboard.press('Escape')
    }
    const wanted = KINDS.map(([, prompt]) => prompt)
    await until(title, ({ prompts }) => prompts.join() === wanted.join())
    expect((await stored(title)).kinds).toHaveLength(10)
    await page.locator('[data-save-state=saved]').waitFor()
    await picture(page, 'exam-author-3-written')
    expect(await violations(page)).toEqual([])

    await press(page, 'Shift+Tab', 'Publish', 120)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/publish$/, { waitUntil: 'networkidle' })
    await press(page, 'Tab', /^Publish exam/)
    await page.keyboard.press('Enter')
    await page.getByText('The exam is published.').waitFor()
    await picture(page, 'exam-author-4-published')
    const { published, versions } = await stored(title)
    expect({ published, versions }).toEqual({ published: true, versions: 1 })
    expect(complaints).toEqual([])
    await context.close()
  })

  test('keeps what is unfinished over a reload, and says so', async () => {
    const title = 'Half an exam'
    const { context, page } = await author()
    await created(page, title)
    await page.getByRole('button', { name: 'Single choice' }).click()
    await page.getByLabel('Question', { exact: true }).fill('What is missing?')
    await page.getByText('1 question isn’t finished.').waitFor()
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByText('Unsaved work from this device was brought back.').waitFor()
    await page.getByRole('button', { name: /What is missing\?/ }).click()
    await page.getByRole('radio', { name: 'Option 1 is right' }).check()
    await page.getByLabel('Option 1', { exact: true }).fill('This')
    await page.getByLabel('Option 2', { exact: true }).fill('That')
    await until(title, ({ prompts }) => prompts.join() === 'What is missing?')
    expect((await stored(title)).kinds).toEqual(['single'])
    await context.close()
  })

  test('of two authors shows the second what the first wrote, and loses neither', async () => {
    const title = 'Two authors'
    const first = await author()
    const second = await author()
    await created(first.page, title)
    await first.page.getByRole('button', { name: 'Essay' }).click()
    await first.page.getByLabel('Question', { exact: true }).fill('Old')
    await until(title, ({ prompts }) => prompts.join() === 'Old')
    await second.page.goto(first.page.url(), { waitUntil: 'networkidle' })
    await first.page.getByLabel('Question', { exact: true }).fill('From the first')
    await until(title, ({ prompts }) => prompts.join() === 'From the first')
    await second.page.getByRole('button', { name: /Old/ }).click()
    await second.page.getByLabel('Question', { exact: true }).fill('From the second')
    await second.page.getByText('You and somebody else changed the same').waitFor()
    expect((await stored(title)).prompts).toEqual(['From the first'])
    await picture(second.page, 'exam-author-5-conflict')
    expect(await violations(second.page)).toEqual([])
    await second.page.getByRole('button', { name: 'Keep both' }).click()
    await until(title, ({ prompts }) => prompts.join() === 'From the first,From the second')
    expect((await stored(title)).kinds).toEqual(['essay', 'essay'])
    await first.context.close()
    await second.context.close()
  })

  const SCREENS = [
    [360, true],
    [768, false],
  ] as const
  test.each(SCREENS.filter((_screen, place) => isDue(place, SCREENS.length)))(
    'at %i px, dark %s, its pages break no rule and no line',
    async (width, dark) => {
      const { id } = await stored('Forces and motion')
      const { context, page, complaints } = await author(width, dark)
      const faults: string[] = []
      const look = async (name: string): Promise<void> => {
        faults.push(...(await violations(page)).map((text) => `${name}: ${text}`))
        const wider = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        if (wider > 0) faults.push(`${name}: ${String(wider)} px wider than the screen`)
        await picture(page, `exam-author-6-${name}-${String(width)}`)
      }
      for (const [name, path] of [
        ['list', ''],
        ['settings', `/${id}/settings`],
        ['extras', `/${id}/accommodations`],
        ['publish', `/${id}/publish`],
        ['preview', `/${id}/preview`],
      ] as const) {
        await page.goto(urlOf(HOST, `${EXAMS}${path}`), { waitUntil: 'load' })
        await page.locator('h1').first().waitFor()
        await look(name)
      }
      await page.goto(urlOf(HOST, `${EXAMS}/${id}`), { waitUntil: 'networkidle' })
      await page.getByRole('button', { name: /Which unit belongs to what/ }).click()
      await look('editor')
      expect(faults).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})
