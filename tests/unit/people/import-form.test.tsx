// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ImportForm } from '#components/people/import-form'
import type { FormAction, FormOutcome } from '#components/ui/form-context'
import type { ImportReport, ImportRow } from '#lib/people/contract'
import { IMPORT_OUTCOMES } from '#lib/people/rules'

afterEach(cleanup)

const words = {
  form: { summaryTitle: 'Check this', unreachable: 'Out of reach' },
  ...{
    pending: 'Wait',
    text: 'The list',
    file: 'A file',
    fileHelp: 'CSV',
    check: 'Check',
    again: 'Check another',
  },
  ...{
    reportTitle: 'What would happen',
    nothingNew: 'Nobody new',
    overBody: 'Too many',
    download: 'Download',
  },
  ...{ fileName: 'report.csv', caption: 'Rows' },
  columns: { line: 'Line', email: 'Address', name: 'Name', role: 'Role', result: 'Result' },
  counts: { new: 'New', settled: 'Settled', wrong: 'Wrong' },
  outcomes: Object.fromEntries(IMPORT_OUTCOMES.map((outcome) => [outcome, `is ${outcome}`])) as Record<
    ImportRow['outcome'],
    string
  >,
}

const ROWS: ImportRow[] = [
  { line: 1, email: 'a@x.example', name: '=1+1', role: '', outcome: 'new' },
  { line: 2, email: 'b@x.example', name: '', role: '', outcome: 'member' },
  { line: 3, email: 'nothing', name: '', role: '', outcome: 'address' },
]

function reportOf(more: Partial<ImportReport> = {}): FormOutcome {
  const said = { apply: 'Send 1', over: 'Short of 2', shown: '3 rows' }
  return { ok: true, value: { rows: ROWS, text: 'email\na@x.example', over: 0, words: said, ...more } }
}

async function check(outcome: FormOutcome) {
  const preview = vi.fn<FormAction>(() => Promise.resolve(outcome))
  const apply = vi.fn<FormAction>(() => Promise.resolve({ ok: true, value: null }))
  const user = userEvent.setup()
  render(<ImportForm locale="en" words={words} preview={preview} apply={apply} />)
  await user.type(screen.getByLabelText('The list'), 'a@x.example')
  await user.click(screen.getByRole('button', { name: 'Check' }))
  return { preview, apply, user }
}

describe('the import', () => {
  test('shows mistakes first, sends nothing by itself, and keeps the list', async () => {
    const { apply } = await check(reportOf())
    await screen.findByRole('heading', { name: 'What would happen' })
    const heads = screen.getAllByRole('rowheader').map((cell) => cell.textContent)
    expect(heads).toEqual(['nothing', 'a@x.example', 'b@x.example'])
    expect(screen.getByLabelText('The list')).toHaveProperty('value', 'a@x.example')
    expect(screen.getByRole('heading', { name: 'What would happen' })).toBe(document.activeElement)
    expect(apply).not.toHaveBeenCalled()
  })

  test('sends what the server wrote, and only when asked', async () => {
    const { apply, user } = await check(reportOf())
    await user.click(await screen.findByRole('button', { name: 'Send 1' }))
    await waitFor(() => expect(apply).toHaveBeenCalledOnce())
    const form = apply.mock.calls[0]?.[1]
    expect([...(form?.entries() ?? [])]).toEqual([['text', 'email\na@x.example']])
  })

  test('can’t be sent when there is no room for all, or nobody to invite', async () => {
    await check(reportOf({ over: 2 }))
    await screen.findByText('Short of 2')
    expect(screen.queryByRole('button', { name: 'Send 1' })).toBeNull()
    cleanup()
    await check(reportOf({ text: '' }))
    await screen.findByText('Nobody new')
    expect(screen.queryByRole('button', { name: 'Send 1' })).toBeNull()
  })

  test('never sends the report before it along with the next list', async () => {
    const { preview, user } = await check(reportOf())
    await user.click(await screen.findByRole('button', { name: 'Check another' }))
    await waitFor(() => expect(preview).toHaveBeenCalledTimes(2))
    const firsts = preview.mock.calls.map(([previous]) => previous)
    expect(firsts).toEqual([null, null])
  })

  test('hands the report out as a file that no spreadsheet runs', async () => {
    await check(reportOf())
    const link = await screen.findByRole('link', { name: 'Download' })
    const file = decodeURIComponent(
      (link.getAttribute('href') ?? '').replace('data:text/csv;charset=utf-8,', ''),
    )
    expect(file.split('\r\n')).toEqual([
      '\uFEFFLine,Address,Name,Role,Result',
      "1,a@x.example,'=1+1,,is new",
      '2,b@x.example,,,is member',
      '3,nothing,,,is address',
      '',
    ])
  })

  test('says what is wrong with a list that can’t be read', async () => {
    const fields = { file: 'Not UTF-8' }
    await check({ ok: false, code: 'invalid_input', message: 'No.', errorId: 'E1', fields })
    expect((await screen.findByRole('alert')).textContent).toContain('Not UTF-8')
    expect(screen.queryByRole('heading', { name: 'What would happen' })).toBeNull()
  })
})
