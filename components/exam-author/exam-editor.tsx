'use client'

import '../editor/no-eval'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { ExamToEdit } from '#lib/exams/contract/authoring'
import { ExamSaver } from '#lib/exams/rules/drafting-saver'
import { addPool } from '#lib/exams/rules/drafting-steps'
import type { BankWords } from '#lib/i18n/bank-words'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { BankPicker } from '../bank/bank-picker'
import { type BankActions, findInBank, keepQuestion, takeFromBank } from '../bank/exchange'
import { TypeButtons } from './add-question'
import { Conflict } from './conflict'
import { EditorSteps, type Gone } from './editor-steps'
import { type ExamActions, readKept, sendExam, writeKept } from './exchange'
import { leaveSaved } from './leave-saved'
import { QuestionList } from './question-list'
import { Summary } from './summary'
import { words as fill } from './words'

type Props = Readonly<{
  exam: ExamToEdit
  locale: string
  words: ExamWords
  actions: ExamActions
  /** The school's bank: what it says and does. */
  bank: Readonly<{ words: BankWords; actions: BankActions }>
}>

function makeSaver({ exam, actions }: Props): ExamSaver {
  const { courseId, examId, held, draftKey } = exam
  return new ExamSaver(held, {
    send: (seen, stored) => sendExam(actions, { courseId, examId }, { seen, stored }),
    keep: (kept) => writeKept(draftKey, kept),
    now: () => Date.now(),
    later: (work, milliseconds) => {
      const timer = setTimeout(work, milliseconds)
      return () => clearTimeout(timer)
    },
  })
}

/** What was taken away, and the way back. It stays until something else is: nobody has to be quick. */
function Said({ gone, words, onUndo }: { gone: Gone | null; words: ExamWords; onUndo: () => void }) {
  return (
    <div className="pointer-events-none sticky bottom-(--bottom-bar) z-20 pb-3">
      <div
        className={
          gone === null
            ? 'sr-only'
            : 'pointer-events-auto flex w-fit max-w-full flex-wrap items-center gap-x-4 rounded-md border border-line bg-surface py-1 ps-4 pe-2 shadow-float'
        }
      >
        <p role="status" className="py-2 text-14">
          {gone?.text}
        </p>
        {gone === null || gone.back === null ? null : (
          <button type="button" onClick={onUndo} className={buttonClass('plain')}>
            <Icon name="undo" size={18} />
            {words.undo}
          </button>
        )}
      </div>
    </div>
  )
}

/** What the bank needs to know of the editor to change its exam. */
function bankingOf({ exam, actions, bank }: Props, saver: ExamSaver) {
  const { courseId, examId } = exam
  return { saver, exam: { courseId, examId }, read: actions.read, ...bank }
}

/** Opens the question that the address names. */
function openNamed(steps: EditorSteps): void {
  const id = /^#question-([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1]
  if (id === undefined) return
  steps.show(id)
  requestAnimationFrame(() => document.getElementById(`question-${id}`)?.scrollIntoView())
}

/** Where the questions of an exam are written. */
export function ExamEditor(props: Props) {
  const { exam, locale, words, bank } = props
  const [saver] = useState(() => makeSaver(props))
  const [steps] = useState(
    () => new EditorSteps(saver, words, (id) => keepQuestion(bankingOf(props, saver), id)),
  )
  const { content, status, restored, joined } = useSyncExternalStore(
    saver.subscribe,
    saver.state,
    saver.state,
  )
  const { open, gone } = useSyncExternalStore(steps.subscribe, steps.view, steps.view)
  useEffect(() => {
    const kept = readKept(exam.draftKey)
    if (kept !== null) saver.restore(kept)
    const online = (): void => saver.flush()
    const hide = (): void => {
      if (document.visibilityState === 'hidden') saver.flush()
    }
    openNamed(steps)
    const stay = leaveSaved(saver)
    addEventListener('online', online)
    document.addEventListener('visibilitychange', hide)
    return () => {
      stay()
      removeEventListener('online', online)
      document.removeEventListener('visibilitychange', hide)
      saver.stop()
    }
  }, [exam.draftKey, saver, steps])
  return (
    <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <aside className="lg:order-last">
        <Summary
          exam={exam}
          content={content}
          status={status}
          locale={locale}
          words={words}
          onRetry={() => saver.flush()}
        />
      </aside>
      <div className="min-w-0">
        {status.kind === 'conflict' ? (
          <Conflict
            clashes={status.clashes}
            words={words}
            onChoice={(clash, choice) => saver.resolve(clash, choice)}
          />
        ) : null}
        <div role="status" className="flex flex-col gap-3 empty:hidden *:mb-4">
          {restored === null ? null : <Notice tone="info" title={words.restored} />}
          {joined && status.kind !== 'conflict' ? <Notice tone="info" title={words.joined} /> : null}
        </div>
        <QuestionList content={content} open={open} locale={locale} words={words} steps={steps} />
        <section aria-labelledby="add-title" className="mt-8">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
            <h2 id="add-title" className="text-18 font-semibold">
              {words.add}
            </h2>
            <div className="flex flex-wrap gap-x-2">
              <BankPicker
                locale={locale}
                words={bank.words}
                types={words.types}
                find={(search) => findInBank(bank.actions, search, bank.words)}
                take={(ids) => takeFromBank(bankingOf(props, saver), ids)}
                onDone={steps.say}
              />
              <button
                type="button"
                title={words.addPoolHelp}
                onClick={() => {
                  const number = String(content.pools.length + 1)
                  saver.edit((now) => addPool(now, fill(words.poolDefault, { number })))
                }}
                className={buttonClass('plain', 'small')}
              >
                <Icon name="plus" size={16} />
                {words.addPool}
              </button>
            </div>
          </div>
          <TypeButtons words={words} onAdd={(type) => steps.add(type, null)} />
        </section>
        <Said gone={gone} words={words} onUndo={() => steps.undo()} />
      </div>
    </div>
  )
}
