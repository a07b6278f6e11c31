import type { ActionRow, PageRow, World } from './world'

/** Who has a school's question bank: whoever writes its exams. */

const BUILD = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
const NOWHERE = { ...BUILD, instructor: 404, admin: 404 } as const

const page = { host: 'school' } as const
export const PAGES: readonly PageRow[] = [
  { id: 'teach.bank', ...page, ...BUILD, path: () => '/teach/bank' },
  { id: 'teach.bank', ...page, ...NOWHERE, path: () => '/teach/bank?cursor=forged' },
  { id: 'teach.bank-import', ...page, ...BUILD, path: () => '/teach/bank/import' },
  { id: 'teach.bank-new', ...page, ...BUILD, path: () => '/teach/bank/new?type=matching' },
  { id: 'teach.bank-question', ...page, ...BUILD, path: ({ acmeBank }) => `/teach/bank/${acmeBank}` },
  { id: 'teach.bank-question', ...page, ...NOWHERE, path: ({ globexBank }) => `/teach/bank/${globexBank}` },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden' } as const
const KEY = 'b'.repeat(32)
const SEEN = '2026-01-01T00:00:00.000Z'
const QUESTION = JSON.stringify({
  ...{ version: 1, id: 'q', type: 'true-false', prompt: 'Is it?', points: 1, explanation: '', correct: true },
})

/** What is done to a question of the bank: never to another school's. */
function toQuestion(id: string, more: Fields = {}): ActionRow {
  const of = (which: (world: World) => string) => (world: World) => ({ ...more, questionId: which(world) })
  return {
    ...{ id, form: of(({ acmeBank }) => acmeBank), refused: REFUSED },
    broken: { who: 'instructor', form: of(() => 'NO ID'), code: 'invalid_input' },
    foreign: [
      { who: 'instructor', form: of(({ globexBank }) => globexBank), code: 'not_found' },
      { who: 'admin', form: of(({ globexBank }) => globexBank), code: 'not_found' },
    ],
  }
}

/** What is done with the bank to an exam: never to a colleague's by an instructor, nor to another school's. */
function toExam(id: string, more: (world: World) => Fields): ActionRow {
  return {
    id,
    form: (world) => ({ ...more(world), ...world.theirExam, seen: SEEN }),
    refused: { ...REFUSED, instructor: 'forbidden' },
    broken: {
      who: 'instructor',
      form: (world) => ({ ...more(world), ...world.taughtExam, seen: 'yesterday' }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'instructor',
        form: (world) => ({
          ...{
            ...more(world),
            courseId: world.taughtExam.courseId,
            examId: world.theirExam.examId,
            seen: SEEN,
          },
        }),
        code: 'not_found',
      },
      {
        who: 'admin',
        form: (world) => ({ ...more(world), ...world.globexExam, seen: SEEN }),
        code: 'not_found',
      },
      // An exam that has moved on since it was seen isn't written over.
      {
        who: 'admin',
        form: (world) => ({ ...more(world), ...world.taughtExam, seen: SEEN }),
        code: 'conflict',
      },
    ],
  }
}

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'bank.create', refused: REFUSED },
    form: () => ({ key: KEY, question: QUESTION, tags: 'easy' }),
    broken: {
      who: 'instructor',
      form: () => ({ key: KEY, question: '{"type":"single"}', tags: '' }),
      code: 'invalid_input',
    },
  },
  toQuestion('bank.write', { seen: SEEN, question: QUESTION, tags: '' }),
  toQuestion('bank.archive'),
  toQuestion('bank.restore'),
  {
    ...{ id: 'bank.find', refused: REFUSED },
    form: () => ({ q: '', tag: '' }),
    broken: { who: 'instructor', form: () => ({ q: 'x'.repeat(101), tag: '' }), code: 'invalid_input' },
  },
  toExam('bank.copy', ({ acmeBank }) => ({ questionIds: acmeBank })),
  toExam('bank.keep', () => ({ questionId: 'q0' })),
  {
    ...{ id: 'bank.import-preview', refused: REFUSED },
    form: () => ({ format: 'gift', text: 'Is it? {T}' }),
    broken: { who: 'instructor', form: () => ({ format: 'gift', text: ' ' }), code: 'invalid_input' },
  },
  {
    ...{ id: 'bank.import', refused: REFUSED },
    form: () => ({ format: 'gift', text: 'Is it? {T}', chosen: '0', tags: '' }),
    broken: {
      who: 'instructor',
      form: () => ({ format: 'gift', text: 'Is it? {T}', tags: '' }),
      code: 'invalid_input',
    },
  },
]
