import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc: fixed at 100 on every Linux that Node runs on. */
const TICKS = 100

type Stat = Readonly<{ parent: number; seconds: number }>

/** See proc(5), /proc/pid/stat: fields 4, 14 and 15, counted after the name, which may hold anything. */
function stat(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS }
  } catch {
    return undefined
  }
}

/** CPU seconds that a process and all below it have used so far; NaN where the system does not tell. */
export function cpuSeconds(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN
  const all = new Map<number, Stat>()
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? stat(name) : undefined
    if (found !== undefined) all.set(Number(name), found)
  }
  const below = (top: number): number => {
    let seconds = all.get(top)?.seconds ?? 0
    for (const [child, { parent }] of all) if (parent === top) seconds += below(child)
    return seconds
  }
  return below(pid)
}
