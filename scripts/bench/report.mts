import type { Spread } from './stats.mts'

export type Verdict = 'stretch met' | 'met' | 'not met' | 'not judged' | 'not measured' | '–'

/** A limit of BUDGETS: figures are to stay below it, or above it. */
export type Limit = Readonly<{ at: 'most' | 'least'; budget: number; stretch: number; unit?: string }>

/** One line of a table. */
export type Row = Readonly<{
  what: string
  figure: string
  spread: string
  /** The two sides of a ratio, or whatever else explains the figure. */
  detail: string
  limit?: Limit
  verdict: Verdict
}>

export type Section = Readonly<{ id: string; title: string; about: string; rows: readonly Row[] }>

/** A number with as many digits as it deserves. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100) return String(Math.round(value))
  return value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3)
}

/** Whether a figure keeps a limit. `quiet`: the machine was, or the figure does not depend on it. */
export function judge(value: number, limit: Limit, quiet: boolean): Verdict {
  if (!Number.isFinite(value)) return 'not measured'
  if (!quiet) return 'not judged'
  const keeps = (bound: number): boolean => (limit.at === 'most' ? value <= bound : value >= bound)
  if (keeps(limit.stretch)) return 'stretch met'
  return keeps(limit.budget) ? 'met' : 'not met'
}

/** A row about a value that was measured in rounds. */
export function measured(
  what: string,
  values: Spread,
  options: { limit?: Limit; quiet: boolean; detail?: string; unit?: string },
): Row {
  const { limit, quiet, detail = '', unit = '' } = options
  return {
    what,
    figure: `${short(values.median)}${unit}`,
    spread: values.count > 1 ? `${short(values.low)} – ${short(values.high)}` : '',
    detail,
    ...(limit === undefined ? {} : { limit }),
    verdict: limit === undefined ? '–' : judge(values.median, limit, quiet),
  }
}

/** A row about something that was left out, and why. */
export function leftOut(what: string, why: string): Row {
  return { what, figure: '–', spread: '', detail: why, verdict: 'not measured' }
}

function limitText(limit: Limit | undefined): string {
  if (limit === undefined) return ''
  const sign = limit.at === 'most' ? '≤' : '≥'
  return `${sign} ${short(limit.budget)}${limit.unit ?? ''} (${short(limit.stretch)})`
}

const HEAD = ['what', 'median', 'quarter points', 'budget (stretch)', 'verdict', 'behind it'] as const

function cells(row: Row): string[] {
  return [row.what, row.figure, row.spread, limitText(row.limit), row.verdict, row.detail]
}

export function markdown(section: Section): string {
  const line = (parts: readonly string[]): string =>
    `| ${parts.map((part) => part.replaceAll('|', '\\|')).join(' | ')} |`
  const rows = section.rows.map((row) => line(cells(row)))
  return [
    `### ${section.title}`,
    '',
    section.about,
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...rows,
  ].join('\n')
}

export function terminal(section: Section): string {
  const table = [[...HEAD], ...section.rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((parts) => [...(parts[column] ?? '')].length)))
  const lines = table.map((parts) =>
    parts
      .map((part, column) => part + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...part].length)))
      .join('  ')
      .trimEnd(),
  )
  return [`\n${section.title}`, ...lines.map((text) => `  ${text}`)].join('\n')
}
