// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { BankPicker } from '#components/bank/bank-picker'
import { ImportReport } from '#components/bank/import-report'
import { QuestionEditor } from '#components/bank/question-editor'
import type { Found, ImportReport as Report, ReportRow } from '#lib/bank/contract'
import { bankWords } from '#lib/i18n/bank-words'
import { examWords } from '#lib/i18n/exam-author-words'

// The bank in the browser: what an import says, what the picker takes, and what the editor sends.

vi.setConfig({ testTimeout: 30_000 })
beforeAll(() => {
  // jsdom has no dialogs of its own.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false
  }
})
afterEach(cleanup)

const words = bankWords('en')
const exam = examWords('en')
const messages = { summaryTitle: 'Please check', unreachable: 'Unreachable' }

const row = (more: Partial<ReportRow>): ReportRow => ({
  ...{ item: 0, line: 1, outcome: 'imported', type: 'essay', prompt: 'Why?', tags: [] },
  ...{ changes: [], drop: null, faults: [], note: null },
  ...more,
})

describe('the report of an import', () => {
  const sent = vi.fn(() => Promise.resolve({ ok: true as const, value: null }))
  const show = (report: Report) =>
    render(
      <ImportReport locale="en" words={words} exam={exam} messages={messages} report={report} apply={sent} />,
    )

  test('offers what can be imported, and says of the rest why not', async () => {
    show({
      ...{ format: 'gift', text: 'the file' },
      rows: [
        row({ prompt: '<img src=x onerror=alert(1)>' }),
        row({ item: 1, line: 3, outcome: 'changed', changes: [{ kind: 'title', note: 'Q {note}' }] }),
        row({ item: 2, line: 5, outcome: 'dropped', type: null, drop: 'syntax', note: '6' }),
        row({ item: 3, line: 7, outcome: 'dropped', faults: ['options-few'] }),
        row({ item: 4, line: 9, outcome: 'there' }),
      ],
    })
    const boxes = screen.getAllByRole<HTMLInputElement>('checkbox')
    expect(boxes.map(({ value, checked }) => [value, checked])).toEqual([
      ['0', true],
      ['1', true],
    ])
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy()
    expect(screen.getByText(/The title is left out: Q \{note\}/)).toBeTruthy()
    expect(screen.getByText(/Look near line 6/)).toBeTruthy()
    expect(screen.getByText(exam.faults['options-few'])).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: words.apply }))
    expect(sent).toHaveBeenCalledTimes(1)
  })

  test('of nothing new has no button', () => {
    show({ format: 'csv', text: '', rows: [row({ outcome: 'there' })] })
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByText(words.nothingNew)).toBeTruthy()
  })
})

describe('the picker', () => {
  const found: Found = {
    questions: [
      { id: 'one', type: 'essay', prompt: 'First', points: 1, tags: ['easy'] },
      { id: 'two', type: 'numeric', prompt: 'Second', points: 2.5, tags: [] },
    ],
    ...{ tags: ['easy'], more: false },
  }
  const open = async (
    take: (ids: readonly string[]) => Promise<{ ok: true; value: number } | { ok: false; text: string }>,
  ) => {
    const find = vi.fn(() => Promise.resolve({ ok: true as const, value: found }))
    const onDone = vi.fn()
    render(
      <BankPicker locale="en" words={words} types={exam.types} find={find} take={take} onDone={onDone} />,
    )
    await userEvent.click(screen.getByRole('button', { name: words.picker.open }))
    const dialog = await screen.findByRole('dialog', { name: words.picker.title })
    await within(dialog).findByText('First')
    return { dialog: within(dialog), find, onDone }
  }

  test('takes what is ticked, in the order of ticking, and says how many', async () => {
    const take = vi.fn((ids: readonly string[]) => Promise.resolve({ ok: true as const, value: ids.length }))
    const { dialog, onDone } = await open(take)
    await userEvent.click(dialog.getByRole('checkbox', { name: /Second/ }))
    await userEvent.click(dialog.getByRole('checkbox', { name: /First/ }))
    await userEvent.click(dialog.getByRole('button', { name: 'Add 2 questions' }))
    expect(take).toHaveBeenCalledWith(['two', 'one'])
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('2 questions were added at the end.'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('stays with what is ticked when it can’t be added, and searches by words and tag', async () => {
    const { dialog, find, onDone } = await open(() => Promise.resolve({ ok: false, text: 'Not now' }))
    await userEvent.type(dialog.getByRole('textbox', { name: words.picker.search }), 'fir{Enter}')
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: words.picker.tag }), 'easy')
    expect(find.mock.calls).toEqual([
      [{ q: '', tag: '' }],
      [{ q: 'fir', tag: '' }],
      [{ q: 'fir', tag: 'easy' }],
    ])
    await userEvent.click(dialog.getByRole('checkbox', { name: /First/ }))
    await userEvent.click(dialog.getByRole('button', { name: 'Add 1 question' }))
    expect(await dialog.findByText('Not now')).toBeTruthy()
    expect(dialog.getByRole<HTMLInputElement>('checkbox', { name: /First/ }).checked).toBe(true)
    expect(onDone).not.toHaveBeenCalled()
  })
})

function textOf(form: FormData | undefined, name: string): string {
  const value = form?.get(name)
  if (typeof value !== 'string') throw new Error(`The form has no ${name}.`)
  return value
}

test('the editor sends a question only when it is finished, with its tags', async () => {
  const sent = vi.fn((_previous: unknown, form: FormData) => {
    return Promise.resolve({ ok: true as const, value: form.has('question') })
  })
  render(
    <QuestionEditor
      {...{ words, messages, tags: ['old'], sends: { key: 'k' }, action: sent }}
      examWords={exam}
      question="true-false"
    />,
  )
  const press = () => userEvent.click(screen.getByRole('button', { name: words.create }))
  expect(screen.getByText(words.unfinished)).toBeTruthy()
  await press()
  expect(sent.mock.lastCall?.[1].get('question')).toBe('')
  await userEvent.type(screen.getByRole('textbox', { name: exam.prompt }), 'Is it?')
  await userEvent.click(screen.getByRole('radio', { name: exam.true }))
  await userEvent.type(screen.getByRole('textbox', { name: /^Tags/ }), ', new')
  await press()
  const form = sent.mock.lastCall?.[1]
  expect([form?.get('tags'), form?.get('key')]).toEqual(['old, new', 'k'])
  expect(JSON.parse(textOf(form, 'question'))).toMatchObject({ prompt: 'Is it?', correct: true })
  expect([...(form?.keys() ?? [])].toSorted()).toEqual(['key', 'question', 'tags'])
})
