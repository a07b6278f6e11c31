import 'server-only'
import { CsvError, parse } from 'csv-parse/sync'
import { FILE_MOST, type FileProblem, type LineFault, type Participant } from './contract/attendance'

/** Reads the lists of participants that Zoom, Google Meet and Teams give, each in its own dress. */

type Line = Readonly<{ line: number; cells: readonly string[] }>

/** Text as it was before it was defused for spreadsheets. */
const plain = (cell: string): string => cell.trim().replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')

/** What a heading is called on each of the platforms, in lower case and without what stands in brackets. */
const HEADS = {
  name: ['name', 'full name', 'user name', 'participant', 'participant name', 'display name'],
  first: ['first name', 'given name'],
  last: ['last name', 'family name', 'surname'],
  email: ['email', 'user email', 'e-mail', 'email address', 'participant email'],
  upn: ['participant id', 'upn'],
  duration: ['duration', 'in-meeting duration', 'total duration', 'time in call'],
  waiting: ['in waiting room'],
} as const
type Head = keyof typeof HEADS
type Columns = Readonly<Partial<Record<Head, number>>>

const headOf = (cell: string): string =>
  plain(cell)
    .toLowerCase()
    .replace(/\s*\(.*\)$/u, '')

function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map(headOf)
  const entries = Object.entries(HEADS).flatMap(([head, known]) => {
    const place = names.findIndex((name) => known.some((one) => one === name))
    return place === -1 ? [] : [[head, place] as const]
  })
  const found: Columns = Object.fromEntries(entries)
  const named = found.name !== undefined || found.first !== undefined
  // Besides the name there is something that only a list of people has.
  const more = ['join', 'leave', 'exit', 'email', 'duration', 'user action', 'timestamp', 'last name']
  return named && names.some((name) => more.some((word) => name.includes(word))) ? found : null
}

const decoderOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: every second byte of western text is 0.
  return bytes[1] === 0 && bytes[3] === 0 ? 'utf-16le' : 'utf-8'
}

/** The text of a file: UTF-8, or UTF-16 as Teams writes it. Null: neither. */
export function participantText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(decoderOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function delimiterOf(text: string): string {
  const sample = text.slice(0, 4_000)
  const counted = ['\t', ',', ';'].map((mark) => ({ mark, count: sample.split(mark).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark
}

function linesOf(text: string): Line[] | null {
  const lines: Line[] = []
  try {
    parse(text, {
      ...{ delimiter: delimiterOf(text), relax_column_count: true },
      // What stands around the list: Zoom's and Teams' account of the meeting.
      to: FILE_MOST.rows + 200,
      on_record: (cells, { lines: line }) => {
        lines.push({ line, cells })
        return null
      },
    })
    return lines
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

const isEmpty = ({ cells }: Line): boolean => cells.every((cell) => cell.trim() === '')
/** `3. In-Meeting Activities`: where Teams begins another list. */
const isPart = ({ cells }: Line): boolean =>
  /^\d+\.\s/.test(cells[0] ?? '') && cells.slice(1).every((cell) => cell.trim() === '')

const UNITS: Readonly<Record<string, number>> = { h: 60, m: 1, s: 1 / 60 }

/** Minutes of `1h 3m 20s`, `1 hr 5 min`, `01:03:20` or a plain number of minutes; null: it says nothing like it. */
export function minutesOf(text: string): number | null {
  if (/^\d{1,5}(?:[.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'))
  const clock = /^(\d{1,3}):(\d{2}):(\d{2})$/.exec(text)
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3]) / 60
  const parts = [...text.matchAll(/(\d{1,5})\s*(h|m|s)[a-z]*\.?/giu)]
  const rest = text.replaceAll(/(\d{1,5})\s*(h|m|s)[a-z]*\.?/giu, '').trim()
  if (parts.length === 0 || rest !== '') return null
  return parts.reduce(
    (sum, [, count, unit = 'm']) => sum + Number(count) * (UNITS[unit.toLowerCase()] ?? 0),
    0,
  )
}

type Entry = Readonly<{ line: number; name: string; email: string; minutes: number | null }>

const LONGEST = 200
const EMAIL = /^[^\s@]+@[^\s@]+$/

function entryOf({ line, cells }: Line, columns: Columns, width: number): Entry | LineFault {
  const cell = (head: Head): string => plain(cells[columns[head] ?? -1] ?? '')
  const name = (cell('name') || `${cell('first')} ${cell('last')}`).trim()
  const email = [cell('email'), cell('upn')].find((one) => EMAIL.test(one)) ?? ''
  const fault = (kind: LineFault['kind'], value: string): LineFault => ({
    line,
    kind,
    value: value.slice(0, 100),
  })
  const surplus = cells.slice(width).find((one) => one.trim() !== '')
  if (surplus !== undefined) return fault('surplus', surplus)
  if (name === '' && email === '') return fault('noName', cells.join(' '))
  if (name.length > LONGEST || email.length > LONGEST) return fault('long', name || email)
  const duration = cell('duration')
  const minutes = duration === '' ? null : minutesOf(duration)
  if (duration !== '' && minutes === null) return fault('duration', duration)
  return { line, name, email, minutes }
}

/** Name as it is compared: the same whatever the case, the width of its spaces and the make of its accents. */
export const foldedName = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** One a person: whoever came in three times has three lines, on two devices two. */
function perPerson(entries: readonly Entry[]): Participant[] {
  const people = new Map<string, Participant>()
  for (const { line, name, email, minutes } of entries) {
    const key = email === '' ? `name ${foldedName(name)}` : `email ${email.toLowerCase()}`
    const known = people.get(key)
    const sum = known === undefined || known.minutes === null ? minutes : known.minutes + (minutes ?? 0)
    people.set(key, {
      ...(known ?? { line, name, email }),
      ...{ lines: (known?.lines ?? 0) + 1, minutes: sum },
    })
  }
  return [...people.values()].map((one) => ({
    ...one,
    minutes: one.minutes === null ? null : Math.min(10_000, Math.round(one.minutes)),
  }))
}

export type Participants = Readonly<{ people: readonly Participant[]; faults: readonly LineFault[] }>

/**
 * The people of a platform's list, each once. What stands before the list and behind it is left alone; whoever only
 * waited outside wasn't there.
 */
export function readParticipants(text: string): Participants | FileProblem {
  const lines = linesOf(text.replace(/^\uFEFF/, ''))
  if (lines === null) return 'quotes'
  if (lines.every(isEmpty)) return 'empty'
  const start = lines.findIndex(({ cells }) => columnsOf(cells) !== null)
  const head = lines[start]
  const columns = head === undefined ? null : columnsOf(head.cells)
  if (head === undefined || columns === null) return 'noHead'
  const body = lines.slice(start + 1)
  const end = body.findIndex(isPart)
  const listed = (end === -1 ? body : body.slice(0, end)).filter((line) => !isEmpty(line))
  if (listed.length === 0) return 'empty'
  if (listed.length > FILE_MOST.rows) return 'tooMany'
  const inside = listed.filter(({ cells }) => !/^yes$/i.test((cells[columns.waiting ?? -1] ?? '').trim()))
  const read = inside.map((line) => entryOf(line, columns, head.cells.length))
  return {
    people: perPerson(read.flatMap((one) => ('kind' in one ? [] : [one]))),
    faults: read.flatMap((one) => ('kind' in one ? [one] : [])),
  }
}
