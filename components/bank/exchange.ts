import type { Found } from '#lib/bank/contract'
import type { ExamSaver, Held } from '#lib/exams/rules/drafting-saver'
import type { BankWords } from '#lib/i18n/bank-words'

/** How the editor of an exam talks to the bank. */

type Refused = Readonly<{
  ok: false
  code: string
  message: string
  fields: Readonly<Record<string, string>>
}>
type Answer<T> = Promise<Readonly<{ ok: true; value: T | Readonly<{ redirectTo: string }> }> | Refused>
type Sent<T> = (previous: unknown, form: FormData) => Answer<T>

export type BankActions = Readonly<{
  find: Sent<Found>
  copy: Sent<Readonly<{ held: Held; added: number }>>
  keep: Sent<Readonly<{ held: Held; created: boolean }>>
}>

type Exam = Readonly<{ courseId: string; examId: string }>
type Fields = Readonly<Record<string, string | readonly string[]>>
type Result<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; text: string }>

function formOf(fields: Fields): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  return form
}

async function send<T extends object>(
  action: Sent<T>,
  fields: Fields,
  unreachable: string,
): Promise<Result<T> & { code?: string }> {
  try {
    const answer = await action(null, formOf(fields))
    if (!answer.ok) return { ok: false, text: answer.message, code: answer.code }
    if ('redirectTo' in answer.value) return { ok: false, text: unreachable }
    return { ok: true, value: answer.value }
  } catch {
    return { ok: false, text: unreachable }
  }
}

export function findInBank(
  actions: BankActions,
  search: Readonly<{ q: string; tag: string }>,
  words: BankWords,
): Promise<Result<Found>> {
  return send(actions.find, search, words.picker.unreachable)
}

/** The exam as the server has it, for a page that has fallen behind. */
type Read = Sent<Held>

/**
 * Has the server change the exam, on top of all that this page has written, and takes in what it made of it. Where
 * somebody else was faster, theirs is taken in first, and it is tried once more.
 */
async function changed<T extends Readonly<{ held: Held }>>(
  saver: ExamSaver,
  read: Read,
  exam: Exam,
  words: BankWords,
  work: (seen: string) => Promise<Result<T> & { code?: string }>,
): Promise<Result<T>> {
  const { unsaved, unreachable } = words.picker
  for (let tries = 0; ; tries += 1) {
    await saver.settle()
    if (saver.state().status.kind !== 'saved') return { ok: false, text: unsaved }
    const answer = await work(saver.seen)
    if (answer.ok) {
      saver.take(answer.value.held)
      return answer
    }
    if (answer.code !== 'conflict' || tries > 0) return answer
    const now = await send(read, exam, unreachable)
    if (!now.ok) return now
    saver.take(now.value)
  }
}

type Changing = Readonly<{
  saver: ExamSaver
  exam: Exam
  actions: BankActions
  read: Read
  words: BankWords
}>

/** Adds copies of questions at the end of the exam. @returns how many */
export async function takeFromBank(
  { saver, exam, actions, read, words }: Changing,
  questionIds: readonly string[],
): Promise<Result<number>> {
  const answer = await changed(saver, read, exam, words, (seen) =>
    send(actions.copy, { ...exam, seen, questionIds }, words.picker.unreachable),
  )
  return answer.ok ? { ok: true, value: answer.value.added } : answer
}

/** Keeps a question of the exam in the bank. @returns what is to be said about it */
export async function keepQuestion(
  { saver, exam, actions, read, words }: Changing,
  questionId: string,
): Promise<string> {
  const answer = await changed(saver, read, exam, words, (seen) =>
    send(actions.keep, { ...exam, seen, questionId }, words.picker.unreachable),
  )
  if (!answer.ok) return answer.text
  return answer.value.created ? words.picker.kept : words.picker.keptBefore
}
