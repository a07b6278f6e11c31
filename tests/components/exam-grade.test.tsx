// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Events } from '#components/exam-grade/events'
import { GradeKeys } from '#components/exam-grade/grade-keys'
import { MarkForm, type MarkWords } from '#components/exam-grade/mark-form'
import type { FormAction } from '#components/ui/form-context'

// Grading: keys do what they say and can be turned off; what was typed outlives somebody else's mark.

vi.setConfig({ testTimeout: 30_000 })

const words: MarkWords = {
  ...{ points: 'Points', of: 'of 5', pointsOptional: undefined },
  ...{ comment: 'Comment', commentHelp: undefined, commentOptional: '(optional)' },
  ...{ save: 'Save and go on', saving: 'Saving…', hint: 'Ctrl Enter saves' },
  conflict: {
    ...{ title: '{name} graded this answer meanwhile', somebody: 'Somebody' },
    ...{ theirs: '{points} of 5 points', theirsNone: 'No points', safe: 'What you typed is still here.' },
    ...{ mine: 'Save mine over it', take: 'Take theirs' },
  },
}
const messages = { summaryTitle: 'Please check', unreachable: 'Unreachable' }
const ids = { courseId: 'c', examId: 'x', attemptId: 'a', questionId: 'q' }
const THEIRS = {
  ...{ points: '3', comment: 'Fine.', graderName: 'Ben', updatedAt: '2026-01-02T00:00:00.000Z' },
}

/** A server that refuses what was typed over an older mark. */
function server() {
  const sent: Record<string, FormDataEntryValue>[] = []
  const give: FormAction = (_previous, form) => {
    const values = Object.fromEntries(form)
    sent.push(values)
    return Promise.resolve(
      values['seen'] === THEIRS.updatedAt
        ? { ok: true, value: null }
        : { ok: false, code: 'conflict', message: 'Somebody else changed this.', errorId: '1', fields: {} },
    )
  }
  const read: FormAction = () => Promise.resolve({ ok: true, value: THEIRS })
  return { sent, give, read }
}

function form(actions: Readonly<{ give: FormAction; read: FormAction }>) {
  return (
    <>
      <MarkForm
        ids={ids}
        mark={{ points: '', comment: '', updatedAt: '2026-01-01T00:00:00.000Z' }}
        waits
        words={words}
        messages={messages}
        actions={actions}
      />
      <GradeKeys />
    </>
  )
}

const points = (): HTMLInputElement => screen.getByLabelText('Points')

beforeEach(() => {
  // What jsdom lacks: everything on these pages can be seen.
  Element.prototype.checkVisibility = () => true
})

afterEach(() => {
  cleanup()
  localStorage.clear()
})

describe('keys', () => {
  test('of digits begin to type points, and Ctrl Enter sends them', async () => {
    const user = userEvent.setup()
    const { sent, ...actions } = server()
    render(form(actions))
    await user.keyboard('4')
    expect(document.activeElement).toBe(points())
    await user.keyboard('.5{Control>}{Enter}{/Control}')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ points: '4.5', questionId: 'q', seen: '2026-01-01T00:00:00.000Z' })
  })

  test('are silent where single keys are turned off, but for Ctrl Enter', async () => {
    localStorage.setItem('smartlms-single-keys', 'off')
    const user = userEvent.setup()
    const { sent, ...actions } = server()
    render(form(actions))
    await user.keyboard('4')
    expect(points().value).toBe('')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
  })

  test('don’t take letters away from a comment', async () => {
    const user = userEvent.setup()
    render(form(server()))
    await user.click(screen.getByLabelText(/^Comment/))
    await user.keyboard('n4p')
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^Comment/).value).toBe('n4p')
    expect(points().value).toBe('')
  })
})

describe('a conflict', () => {
  test('shows what the other gave beside what was typed, which is saved over it', async () => {
    const user = userEvent.setup()
    const { sent, ...actions } = server()
    render(form(actions))
    await user.type(points(), '2')
    await user.type(screen.getByLabelText(/^Comment/), 'Too short.')
    await user.click(screen.getByRole('button', { name: 'Save and go on' }))
    await screen.findByText('Ben graded this answer meanwhile')
    expect(screen.getByText('3 of 5 points')).toBeTruthy()
    expect(points().value).toBe('2')
    await user.click(screen.getByRole('button', { name: 'Save mine over it' }))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[1]).toMatchObject({ points: '2', comment: 'Too short.', seen: THEIRS.updatedAt })
  })

  test('can be given up for theirs, and nothing is sent', async () => {
    const user = userEvent.setup()
    const { sent, ...actions } = server()
    render(form(actions))
    await user.type(points(), '2')
    await user.click(screen.getByRole('button', { name: 'Save and go on' }))
    await user.click(await screen.findByRole('button', { name: 'Take theirs' }))
    expect(points().value).toBe('3')
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^Comment/).value).toBe('Fine.')
    expect(sent).toHaveLength(1)
  })
})

test('events are counts with their time, and no verdict', () => {
  const facts = [{ kind: 'left', count: 3, seconds: 40, length: 0 }] as const
  const at = new Date('2026-01-01T10:00:00Z')
  const timeline = [{ kind: 'FOCUS_LOST', at, seconds: null, length: null, question: 2 }] as const
  render(<Events locale="en" view={{ facts, timeline, timeZone: 'UTC' }} />)
  expect(screen.getByText(/^left the page 3 times, 40 sec in all$/)).toBeTruthy()
  expect(screen.getByText('Left the page · question 2')).toBeTruthy()
  expect(document.body.textContent).not.toMatch(/cheat|suspicious|suspect/i)
})
