'use client'

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useRefusal } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { keepDraft, type Kept } from './keep-draft'

/** Milliseconds after the last key until what was typed is kept. */
const QUIET = 2_500
/** Milliseconds until it is tried again where it didn't arrive. */
const AGAIN = 8_000

type Draft = Readonly<{
  /**
   * Lets a file change the draft in the keeper's place, once what is on its way has arrived.
   * @returns when the draft was saved that this page knows; empty: there is none
   */
  borrow: () => Promise<string>
  /** @param seen when it was saved since; null: it wasn't, or by another page */
  giveBack: (seen: string | null) => void
}>

const DraftContext = createContext<Draft>({
  borrow: () => Promise.resolve(''),
  giveBack: () => undefined,
})

/** The draft that a field belongs to. */
export const useDraft = (): Draft => useContext(DraftContext)

export type KeeperWords = Readonly<Record<'kept' | 'failed' | 'newer', string>>

/** What the keeper knows between two renderings. */
type Desk = {
  seen: string
  typed: number
  kept: number
  held: boolean
  over: boolean
  /** The form itself is on its way. */
  sent: boolean
  timer: ReturnType<typeof setTimeout> | undefined
  sending: Promise<Kept> | null
}

type Told = keyof KeeperWords | null

/** Keeps the form's draft whenever nothing was typed for a moment. */
class Keeper {
  readonly #desk: Desk
  readonly #form: HTMLFormElement
  readonly #tell: (told: Told, seen: string) => void

  constructor(desk: Desk, form: HTMLFormElement, tell: (told: Told, seen: string) => void) {
    this.#desk = desk
    this.#form = form
    this.#tell = tell
  }

  #dirty(): boolean {
    return this.#desk.typed > this.#desk.kept
  }

  typed = (): void => {
    this.#desk.typed += 1
    this.#later(QUIET)
  }

  #later(ms: number): void {
    clearTimeout(this.#desk.timer)
    this.#desk.timer = setTimeout(() => void this.keep(), ms)
  }

  async keep(): Promise<void> {
    const desk = this.#desk
    if (!this.#dirty() || desk.over || desk.sent || desk.sending !== null) return
    if (desk.held) {
      this.#later(QUIET)
      return
    }
    const { typed } = desk
    desk.sending = keepDraft(new FormData(this.#form), desk.seen)
    const answer = await desk.sending
    desk.sending = null
    if (answer.ok) {
      desk.seen = answer.seen
      desk.kept = typed
    } else desk.over = answer.newer
    this.#tell(answer.ok ? 'kept' : answer.newer ? 'newer' : 'failed', desk.seen)
    if (this.#dirty()) this.#later(answer.ok ? QUIET : AGAIN)
  }

  /** The form is sent with what the server knows last, so what is on its way arrives first. */
  submit = (event: SubmitEvent): void => {
    const { sending } = this.#desk
    if (sending === null) {
      this.#desk.sent = true
      return
    }
    event.preventDefault()
    event.stopPropagation()
    const { submitter } = event
    void sending.then(() => setTimeout(() => this.#form.requestSubmit(submitter), 0))
  }

  /** It was sent and refused: it is the keeper's again. */
  refused(code: string): void {
    this.#desk.sent = false
    if (code === 'conflict') this.#desk.over = true
    if (this.#dirty()) this.#later(QUIET)
  }

  leave = (event: BeforeUnloadEvent): void => {
    if (this.#dirty() && !this.#desk.sent) event.preventDefault()
  }

  hide = (): void => {
    if (document.visibilityState === 'hidden') void this.keep()
  }

  /** Starts to listen. @returns what ends it */
  listen(): () => void {
    const form = this.#form
    form.addEventListener('input', this.typed)
    form.addEventListener('submit', this.submit, true)
    addEventListener('beforeunload', this.leave)
    document.addEventListener('visibilitychange', this.hide)
    return () => {
      clearTimeout(this.#desk.timer)
      form.removeEventListener('input', this.typed)
      form.removeEventListener('submit', this.submit, true)
      removeEventListener('beforeunload', this.leave)
      document.removeEventListener('visibilitychange', this.hide)
    }
  }
}

/** The fields of somebody's work, kept on the server while they are being filled in, and the `seen` of their form. */
export function DraftKeeper({
  seen: first,
  words,
  children,
}: Readonly<{ seen: string; words: KeeperWords; children: ReactNode }>) {
  const [seen, setSeen] = useState(first)
  const [told, setTold] = useState<Told>(null)
  const box = useRef<HTMLDivElement>(null)
  const desk = useRef<Desk>({
    ...{ seen: first, typed: 0, kept: 0, held: false, over: false, sent: false },
    ...{ timer: undefined, sending: null },
  })
  const keeper = useRef<Keeper>(null)
  const refusal = useRefusal()
  useEffect(() => {
    const form = box.current?.closest('form') ?? null
    if (form === null) return
    const tell = (what: Told, at: string): void =>
      flushSync(() => {
        setTold(what)
        setSeen(at)
      })
    keeper.current = new Keeper(desk.current, form, tell)
    return keeper.current.listen()
  }, [])
  useEffect(() => {
    if (refusal !== null) keeper.current?.refused(refusal.code)
  }, [refusal])
  const [draft] = useState((): Draft => ({
    borrow: async () => {
      desk.current.held = true
      await desk.current.sending
      return desk.current.seen
    },
    giveBack: (at) => {
      desk.current.held = false
      if (at === null) return
      desk.current.seen = at
      setSeen(at)
    },
  }))
  return (
    <DraftContext value={draft}>
      <div ref={box} className="flex flex-col gap-6">
        <HiddenFields values={{ seen }} />
        {children}
        <p role="status" className={`min-h-6 text-14 ${told === 'kept' ? 'text-soft' : 'font-medium'}`}>
          {told === null ? '' : words[told]}
        </p>
      </div>
    </DraftContext>
  )
}
