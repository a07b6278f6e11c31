// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { LiveSentence } from '#components/exam-author/live-sentence'
import { QuestionForm } from '#components/exam-author/question-form'
import { SETTING_FIELDS, type SettingTexts } from '#lib/exams/rules/drafting-settings'
import { type Draft, newDraft } from '#lib/exams/rules/drafting'
import { finish } from '#lib/exams/rules/drafting-finish'
import { examWords, sentenceWords } from '#lib/i18n/exam-author-words'

// Writing questions: what the keys do, what the grader says, and what the settings are told to mean.

// Whole forms, typed into key by key.
vi.setConfig({ testTimeout: 30_000 })

afterEach(cleanup)

const words = examWords('en')
let last: Draft | null = null

function Form({ initial }: { initial: Draft }) {
  const [draft, setDraft] = useState(initial)
  const result = finish(draft)
  return (
    <QuestionForm
      draft={draft}
      words={words}
      faults={result.ok ? [] : result.faults}
      onDraft={(next) => {
        last = next
        setDraft(next)
      }}
    />
  )
}

const line = (name: string): HTMLInputElement => screen.getByRole('textbox', { name })

describe('lines', () => {
  test('open with Enter, move with Alt and an arrow, and go with Backspace when empty', async () => {
    const user = userEvent.setup()
    render(<Form initial={newDraft('ordering')} />)
    await user.type(line('Item 1'), 'one{Enter}two{Enter}')
    expect(document.activeElement).toBe(line('Item 3'))
    await user.keyboard('{Backspace}')
    expect(document.activeElement).toBe(line('Item 2'))
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect([line('Item 1').value, line('Item 2').value]).toEqual(['two', 'one'])
    expect(document.activeElement).toBe(line('Item 1'))
  })

  test('keep the mark of what is right while they move', async () => {
    const user = userEvent.setup()
    render(<Form initial={newDraft('single')} />)
    await user.type(line('Option 1'), 'wrong')
    await user.type(line('Option 2'), 'right')
    await user.click(screen.getByRole('radio', { name: 'Option 2 is right' }))
    await user.click(line('Option 2'))
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Option 1 is right' }).checked).toBe(true)
  })
})

describe('a question', () => {
  test('says what is still to do until it is whole', async () => {
    const user = userEvent.setup()
    render(<Form initial={newDraft('true-false')} />)
    expect(screen.getByText(words.faults['prompt-empty'])).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'Question' }), 'Is it so?')
    await user.click(screen.getByRole('radio', { name: 'True' }))
    expect(screen.queryByText(words.faults.title)).toBeNull()
  })

  test('tries an answer on the real grader and says by which line it is right', async () => {
    const user = userEvent.setup()
    render(<Form initial={newDraft('short-text')} />)
    await user.type(line('Accepted answer 1'), 'Café')
    const box = screen.getByRole('textbox', { name: /^Try an answer/ })
    await user.type(box, 'cafe')
    expect(await screen.findByText(/It fits “Café”/)).toBeTruthy()
    await user.click(screen.getByRole('checkbox', { name: 'Accents matter' }))
    expect(await screen.findByText(/It fits none/)).toBeTruthy()
  })

  test('makes a blank of a word in braces as soon as its author goes on', async () => {
    const user = userEvent.setup()
    render(<Form initial={newDraft('blanks')} />)
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text with blanks' })
    await user.type(box, 'Rome is in {{{{Italy}}.')
    await user.tab()
    expect(box.value).toBe('Rome is in {{1}}.')
    expect(line('Blank 1 takes').value).toBe('Italy')
  })

  test('with a side that two pairs share gives one of them its own when it is changed', async () => {
    const user = userEvent.setup()
    const draft = newDraft('matching')
    if (draft.type !== 'matching') throw new Error('Not a matching.')
    const [one, two] = draft.left
    const [side] = draft.right
    if (one === undefined || two === undefined || side === undefined) throw new Error('Too few sides.')
    const pairs: [string, string][] = [
      [one.id, side.id],
      [two.id, side.id],
    ]
    render(<Form initial={{ ...draft, left: [one, two], right: [{ ...side, text: 'both' }], pairs }} />)
    await user.type(line('Right 2'), ' no more')
    expect([line('Right 1').value, line('Right 2').value]).toEqual(['both', 'both no more'])
    expect(last?.type === 'matching' && last.right).toHaveLength(2)
  })
})

describe('the sentence', () => {
  const texts: SettingTexts = {
    ...(Object.fromEntries(SETTING_FIELDS.map((field) => [field, ''])) as SettingTexts),
    ...{ duration: '90', attempts: '1', counting: 'best', reviewWhen: 'after-submission', reviewScore: 'on' },
  }
  const facts = {
    ...{ locale: 'en', timeZone: 'Europe/Berlin', questions: 12, points: '30', words: sentenceWords('en') },
  }

  test('says what a learner meets, and follows what is typed', async () => {
    const user = userEvent.setup()
    render(
      <form>
        {SETTING_FIELDS.map((name) => (
          <input key={name} name={name} aria-label={name} defaultValue={texts[name]} />
        ))}
        <LiveSentence title="What a learner meets" initial={texts} facts={facts} />
      </form>,
    )
    expect(screen.getByText(/12 questions for 30 points, 1 hour 30 minutes of time/).textContent).toContain(
      'There is one attempt. Right after handing in they see their points.',
    )
    await user.type(screen.getByRole('textbox', { name: 'passPercent' }), '60')
    expect(screen.getByText(/It is passed from 60 % of all points/)).toBeTruthy()
  })

  test.each([
    ['2027-03-28T02:30', 'skip 02:30'],
    ['2027-10-31T02:30', 'show 02:30 twice'],
  ])('warns that the clocks at %s %s', (startDate, hint) => {
    render(<LiveSentence title="" initial={{ ...texts, startDate }} facts={facts} />)
    expect(screen.getByText(new RegExp(hint))).toBeTruthy()
  })

  test('warns of a window that is shorter than the time', () => {
    const window = { startDate: '2027-05-01T09:00', endDate: '2027-05-01T10:00' }
    render(<LiveSentence title="" initial={{ ...texts, ...window }} facts={facts} />)
    expect(screen.getByText(/shorter than the time/)).toBeTruthy()
  })
})
