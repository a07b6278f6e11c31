// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import { ColorField } from '#components/ui/color-field'
import type { FormAction, FormOutcome } from '#components/ui/form-context'
import { PasswordField } from '#components/ui/password-field'
import { RadioGroup } from '#components/ui/radio-group'
import { SelectField } from '#components/ui/select-field'
import { TextField } from '#components/ui/text-field'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const refused = (
  fields: Record<string, string>,
  more: { code?: string; values?: Record<string, string> } = {},
) =>
  ({
    ok: false,
    code: 'invalid_input',
    message: 'That did not work.',
    errorId: 'E-17',
    fields,
    ...more,
  }) satisfies FormOutcome

const done = (value: unknown = null): FormOutcome => ({ ok: true, value })

const messages = {
  summaryTitle: 'Check this form',
  unreachable: 'Out of reach',
  saved: 'Saved',
  reference: 'Number',
}

/** An action that notes what it was sent and answers from a list, the last answer again and again. */
function server(...answers: (FormOutcome | Error)[]) {
  const sent: Record<string, FormDataEntryValue>[] = []
  const action: FormAction = (_previous, form) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)] ?? done()
    sent.push(Object.fromEntries(form))
    // Each answer arrives as an object of its own, as it does over the wire.
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ ...answer })
  }
  return { action, sent }
}

const fields = (
  <>
    <TextField name="email" type="email" label="Email" help="Where we reach you" />
    <PasswordField
      name="password"
      label="Password"
      autoComplete="current-password"
      showLabel="Show password"
      hideLabel="Hide password"
    />
    <SelectField
      name="role"
      label="Role"
      options={[
        { value: 'student', label: 'Student' },
        { value: 'teacher', label: 'Teacher' },
      ]}
    />
    <CheckboxField name="news" label="Send news" />
  </>
)

function setUp(action: FormAction, children: ReactNode = fields, onceDone: 'keep' | 'clear' = 'keep') {
  render(
    <ActionForm action={action} submit="Save" pendingLabel="Saving…" messages={messages} onceDone={onceDone}>
      {children}
    </ActionForm>,
  )
  return userEvent.setup()
}

const email = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Email' })
const password = () => screen.getByLabelText<HTMLInputElement>('Password')
const press = (user: ReturnType<typeof userEvent.setup>) =>
  user.click(screen.getByRole('button', { name: 'Save' }))

describe('a form whose action refuses', () => {
  it('says what is wrong beside the field, tied to it', async () => {
    const user = setUp(server(refused({ email: 'Not an address' })).action)
    expect(email().getAttribute('aria-invalid')).toBeNull()
    await press(user)
    await waitFor(() => expect(email().getAttribute('aria-invalid')).toBe('true'))
    const described = (email().getAttribute('aria-describedby') ?? '').split(' ')
    const words = described.map((id) => document.getElementById(id)?.textContent)
    expect(words).toEqual(['Where we reach you', 'Not an address'])
    expect(password().getAttribute('aria-invalid')).toBeNull()
  })

  it('gives the focus to a summary that names each field and links to it, every time anew', async () => {
    const user = setUp(server(refused({ email: 'Not an address', request: 'Too old' })).action)
    await press(user)
    const summary = await screen.findByRole('alert')
    expect(document.activeElement).toBe(summary)
    const link = within(summary).getByRole('link', { name: 'Email: Not an address' })
    expect(link.getAttribute('href')).toBe(`#${email().id}`)
    expect(within(summary).getAllByRole('link')).toHaveLength(1)
    expect(summary.textContent).toContain('Too old')

    email().focus()
    await press(user)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('alert')))
  })

  it('links a group’s error to its first choice', async () => {
    const choices = [
      { value: 'open', label: 'Open', description: 'Everybody' },
      { value: 'closed', label: 'Closed' },
    ]
    const user = setUp(
      server(refused({ access: 'Choose one' })).action,
      <RadioGroup name="access" label="Access" choices={choices} />,
    )
    await press(user)
    const link = await screen.findByRole('link', { name: 'Access: Choose one' })
    expect(link.getAttribute('href')).toBe(`#${screen.getByRole('radio', { name: 'Open' }).id}`)
    const group = screen.getByRole('group', { name: 'Access' })
    expect(document.getElementById(group.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Choose one',
    )
  })

  it('keeps what was typed, chosen and ticked, but no password', async () => {
    const { action, sent } = server(refused({ email: 'Taken' }))
    const user = setUp(action)
    await user.type(email(), 'ada@example.org')
    await user.type(password(), 'correct horse')
    await user.click(screen.getByRole('button', { name: 'Show password' }))
    await user.selectOptions(screen.getByRole('combobox'), 'teacher')
    await user.click(screen.getByRole('checkbox'))
    await press(user)
    await screen.findByRole('alert')
    expect(sent).toEqual([
      { email: 'ada@example.org', password: 'correct horse', role: 'teacher', news: 'on' },
    ])
    expect(email().value).toBe('ada@example.org')
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('teacher')
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true)
    expect(password().value).toBe('')
  })

  it('shows what the server sends back, for a page without a script', async () => {
    const user = setUp(server(refused({}, { values: { email: 'ada@example.org', role: 'teacher' } })).action)
    await press(user)
    await screen.findByRole('alert')
    expect(email().getAttribute('value')).toBe('ada@example.org')
    expect(screen.getByRole<HTMLInputElement>('checkbox').defaultChecked).toBe(false)
  })

  it('shows the number of an error that nobody expected, and of no other', async () => {
    const user = setUp(server(refused({}, { code: 'unexpected' }), refused({})).action)
    await press(user)
    expect((await screen.findByRole('alert')).textContent).toContain('Number E-17')
    await press(user)
    await waitFor(() => expect(screen.getByRole('alert').textContent).not.toContain('E-17'))
    expect(screen.getByRole('alert').textContent).toContain('That did not work.')
  })

  it('stays, with what was typed, when the server can’t be reached', async () => {
    const user = setUp(server(new Error('offline'), done()).action)
    await user.type(email(), 'ada@example.org')
    await press(user)
    expect((await screen.findByRole('alert')).textContent).toContain('Out of reach')
    expect(email().value).toBe('ada@example.org')
    await press(user)
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })
})

describe('a form that is being sent', () => {
  it('sends once, however often it is pressed, and says that it is at work', async () => {
    let answer: (outcome: FormOutcome) => void = () => undefined
    const action = vi.fn(() => new Promise<FormOutcome>((resolve) => (answer = resolve)))
    setUp(action)
    const button = screen.getByRole('button', { name: 'Save' })
    fireEvent.click(button)
    fireEvent.click(button)
    await waitFor(() => expect(screen.getByRole('button', { name: 'Saving…' })).toBe(button))
    expect(button.getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(button)
    await act(async () => answer(done()))
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull())
    expect(action).toHaveBeenCalledTimes(1)
    fireEvent.click(button)
    await waitFor(() => expect(action).toHaveBeenCalledTimes(2))
    await act(async () => answer(done()))
  })
})

describe('a form whose action is done', () => {
  it('says so until something else is typed, and keeps all but secrets', async () => {
    const user = setUp(server(done()).action)
    await user.type(email(), 'ada@example.org')
    await user.type(password(), 'secret')
    await press(user)
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Saved'))
    expect(email().value).toBe('ada@example.org')
    expect(password().value).toBe('')
    await user.type(email(), '!')
    expect(screen.getByRole('status').textContent).toBe('')
  })

  it('is empty for the next one if it is told to clear, but not after a refusal', async () => {
    const user = setUp(server(refused({}), done()).action, fields, 'clear')
    await user.type(email(), 'ada@example.org')
    await press(user)
    await screen.findByRole('alert')
    expect(email().value).toBe('ada@example.org')
    await press(user)
    await waitFor(() => expect(email().value).toBe(''))
  })

  it('goes where the action leads and stays busy until it is there', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { assign })
    const user = setUp(server(done({ redirectTo: '/courses?new=1' })).action)
    await press(user)
    await waitFor(() => expect(assign.mock.calls).toEqual([['/courses?new=1']]))
    expect(screen.getByRole('button', { name: 'Saving…' }).getAttribute('aria-disabled')).toBe('true')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
  ])('never leaves the host: %j', async (redirectTo) => {
    const assign = vi.fn()
    vi.stubGlobal('location', { assign })
    const user = setUp(server(done({ redirectTo })).action)
    await press(user)
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Saved'))
    expect(assign).not.toHaveBeenCalled()
  })
})

describe('the form before any script', () => {
  it('renders the server’s own action, so that the page can post to it', () => {
    // What the framework makes of a server action: a function that knows where a plain form posts to, bound or not.
    const action: FormAction = Object.assign(server().action, {
      $$FORM_ACTION: () => ({ name: '$ACTION_ID_x', method: 'POST', encType: 'multipart/form-data' }),
      bind: () => action,
    })
    const html = renderToString(
      <ActionForm action={action} submit="Save" pendingLabel="Saving…" messages={messages}>
        {fields}
      </ActionForm>,
    )
    expect(html).toContain('$ACTION_ID_x')
    expect(html).toContain('method="POST"')
    expect(html).not.toContain('javascript:')
  })
})

describe('the password field', () => {
  it('shows and hides what was typed, says which it would do, and forbids no paste', async () => {
    const user = setUp(server().action)
    await user.click(password())
    await user.paste('correct horse')
    expect(password().value).toBe('correct horse')
    expect(password().type).toBe('password')
    await user.click(screen.getByRole('button', { name: 'Show password' }))
    expect(password().type).toBe('text')
    await user.click(screen.getByRole('button', { name: 'Hide password' }))
    expect(password().type).toBe('password')
    expect(password().value).toBe('correct horse')
  })
})

describe('the colour field', () => {
  it('keeps text and picker in step, ignores half a colour and sends the text', async () => {
    const { action, sent } = server(refused({ accent: 'Too pale' }))
    const user = setUp(
      action,
      <ColorField name="accent" label="Accent" pickerLabel="Pick" defaultValue="#00798a" />,
    )
    const text = screen.getByRole<HTMLInputElement>('textbox', { name: 'Accent' })
    const picker = screen.getByLabelText<HTMLInputElement>('Pick')
    expect([text.value, picker.value]).toEqual(['#00798a', '#00798a'])
    fireEvent.input(picker, { target: { value: '#336699' } })
    expect(text.value).toBe('#336699')
    await user.clear(text)
    await user.type(text, 'AB')
    expect(picker.value).toBe('#336699')
    await user.type(text, 'C')
    expect(picker.value).toBe('#aabbcc')
    await press(user)
    await screen.findByRole('alert')
    expect(sent).toEqual([{ accent: 'ABC' }])
    expect([text.value, picker.value]).toEqual(['ABC', '#aabbcc'])
  })
})
