// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CodeBlockCopy } from '#components/ui/code-block-copy'
import { DataTable } from '#components/ui/data-table'
import { SubmitOnChange } from '#components/ui/submit-on-change'

afterEach(cleanup)

describe('the copy button', () => {
  const block = <CodeBlockCopy id="key" label="Key" value={'a\nb'} copyLabel="Copy" copiedLabel="Copied" />

  it('copies the exact value and says so', async () => {
    const user = userEvent.setup()
    render(block)
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy()
    expect(await navigator.clipboard.readText()).toBe('a\nb')
    expect(screen.getByRole('status').textContent).toBe('Copied')
  })

  it('selects the value where the browser refuses', async () => {
    const user = userEvent.setup()
    render(block)
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('refused'))
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(getSelection()?.toString()).toBe('a\nb'))
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy()
  })
})

describe('the table', () => {
  const table = (
    <DataTable
      caption="People"
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: (row: string) => row,
          sort: { href: '?sort=-name', direction: 'ascending' },
        },
        { id: 'role', header: 'Role', cell: () => 'Student', sort: { href: '?sort=role', direction: null } },
      ]}
      rows={['Ada', 'Ben']}
      rowKey={(row) => row}
      selection={{
        form: 'bulk',
        name: 'id',
        value: (row) => row,
        label: (row) => `Select ${row}`,
        allLabel: 'Select all',
      }}
      empty="Nobody"
    />
  )

  it('says how it is sorted, names its rows, and sorts by link', () => {
    render(table)
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    expect(screen.getByRole('columnheader', { name: 'Role' }).getAttribute('aria-sort')).toBeNull()
    expect(screen.getByRole('link', { name: 'Name' }).getAttribute('href')).toBe('?sort=-name')
    expect(screen.getAllByRole('rowheader').map((one) => one.textContent)).toEqual(['Ada', 'Ben'])
    expect(screen.getAllByRole('cell', { name: 'Student' })).toHaveLength(2)
  })

  it('ticks all rows or none, and shows when it is only some', async () => {
    const user = userEvent.setup()
    render(table)
    const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all' })
    const rows = () =>
      ['Ada', 'Ben'].map(
        (name) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Select ${name}` }).checked,
      )
    await user.click(screen.getByRole('checkbox', { name: 'Select Ada' }))
    await waitFor(() => expect(all.indeterminate).toBe(true))
    await user.click(all)
    expect(rows()).toEqual([true, true])
    await waitFor(() => expect(all.checked).toBe(true))
    await user.click(all)
    expect(rows()).toEqual([false, false])
  })
})

describe('a list that sends its form', () => {
  it('does so when it is changed by pointer and waits for the button when by keyboard', () => {
    const sent = vi.fn((event: Event) => event.preventDefault())
    const { container } = render(
      <form>
        <select aria-label="Role">
          <option>a</option>
          <option>b</option>
        </select>
        <SubmitOnChange />
      </form>,
    )
    container.querySelector('form')?.addEventListener('submit', sent)
    const list = screen.getByRole('combobox')
    fireEvent.keyDown(list, { key: 'ArrowDown' })
    fireEvent.change(list, { target: { value: 'b' } })
    expect(sent).not.toHaveBeenCalled()
    fireEvent.pointerDown(list)
    fireEvent.change(list, { target: { value: 'a' } })
    expect(sent).toHaveBeenCalledTimes(1)
  })
})
