/**
 * The drawings behind courses without a picture. Each takes a stream of random numbers and gives paths on a
 * 320 × 180 field. Whole numbers and relative commands keep a cover below 2 kB: a page carries twelve of them,
 * once as HTML and once in the data that React hydrates from.
 */
type Layer = {
  /** Which pigment: i, w, d fill with ink, wash or dot, b with half ink, half wash; l, m, s draw lines in ink, wash, dot. */
  readonly pigment: 'i' | 'w' | 'd' | 'b' | 'l' | 'm' | 's'
  readonly d: string
  /** Line width in field units. */
  readonly width?: number
  readonly opacity?: number
}

type Pattern = (random: () => number) => Layer[]

const round = Math.round
const between = (random: () => number, low: number, high: number) => low + random() * (high - low)

const circle = (x: number, y: number, r: number) =>
  `M${round(x) - round(r)} ${round(y)}a${round(r)} ${round(r)} 0 1 0 ${2 * round(r)} 0a${round(r)} ${round(r)} 0 1 0 ${-2 * round(r)} 0`

/** A point of the unit circle, as whole field units around a centre. */
const around = (cx: number, cy: number, r: number, angle: number): [number, number] => [
  round(cx + r * Math.cos(angle)),
  round(cy + r * Math.sin(angle)),
]

/** Quarter discs on a grid, turned at random: the paper-cut look of a schoolbook from 1960. */
const quarters: Pattern = (random) => {
  const paths = { i: '', w: '', d: '' }
  // The corner to start from, and which way the quarter's two radii run.
  const turns = [
    [0, 0, 1, 1, 1],
    [1, 0, -1, 1, 0],
    [1, 1, -1, -1, 1],
    [0, 1, 1, -1, 0],
  ] as const
  const size = 60
  const spark = Math.floor(random() * 18)
  for (let cell = 0; cell < 18; cell++) {
    const turn = turns[Math.floor(random() * 4)] ?? turns[0]
    const [fx, fy, sx, sy, sweep] = turn
    const x = (cell % 6) * size + fx * size - 20
    const y = Math.floor(cell / 6) * size + fy * size
    const choice = random()
    const key = cell === spark ? 'd' : choice < 0.45 ? 'i' : choice < 0.88 ? 'w' : null
    if (key === null) continue
    paths[key] += `M${x} ${y}h${sx * size}a60 60 0 0 ${sweep} ${-sx * size} ${sy * size}z`
  }
  return [
    { pigment: 'w', d: paths.w },
    { pigment: 'i', d: paths.i },
    { pigment: 'd', d: paths.d },
  ]
}

/** Lines of one landscape, each a little calmer than the one above it. */
const waves: Pattern = (random) => {
  const length = round(between(random, 48, 76))
  const start = -round(random() * length)
  const bends = Math.ceil(400 / length)
  const lines = Array.from({ length: 15 }, (_, row) => {
    const lift = round((15 - row) * between(random, 1, 1.9) + 2)
    return `M${start - row * 4} ${32 + row * 11}q${round(length / 2)} ${-lift} ${length} 0${`t${length} 0`.repeat(bends)}`
  })
  const sun = round(between(random, 60, 260))
  return [
    { pigment: 'd', d: circle(sun, round(between(random, 48, 76)), round(between(random, 22, 34))) },
    { pigment: 'l', d: lines.join(''), width: 2 },
  ]
}

/** Circles about one centre, with bodies on their way round it. */
const orbits: Pattern = (random) => {
  const cx = between(random, 90, 230)
  const cy = between(random, 60, 130)
  let rings = ''
  let bodies = ''
  for (let ring = 0; ring < 8; ring++) {
    const r = 26 + ring * 23
    rings += circle(cx, cy, r)
    const [x, y] = around(cx, cy, r, random() * 6.28)
    if (ring % 2 === 0) bodies += circle(x, y, between(random, 4, 9))
  }
  const [mx, my] = around(cx, cy, 72, random() * 6.28)
  return [
    { pigment: 'w', d: circle(cx, cy, 118), opacity: 0.35 },
    { pigment: 'l', d: rings, width: 1.5 },
    { pigment: 'i', d: circle(cx, cy, 13) + bodies },
    { pigment: 'd', d: circle(mx, my, 13) },
  ]
}

/** Dots that swell where two waves meet, as in a printed photograph. */
const halftone: Pattern = (random) => {
  const [fx, fy] = [between(random, 0.012, 0.024), between(random, 0.015, 0.03)]
  const phase = random() * 6.28
  const sizes = ['', '', '', '', '', '']
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 16; column++) {
      const [x, y] = [10 + column * 20, 10 + row * 20]
      const wave = Math.sin(x * fx + phase) + Math.cos(y * fy + x * 0.008 + phase)
      const size = wave > 1.9 ? 5 : Math.min(4, Math.floor((wave + 2) * 1.3))
      sizes[size] = `${sizes[size] ?? ''}M${x} ${y}h0`
    }
  }
  return sizes.map((d, size) => ({ pigment: size === 5 ? 's' : 'l', d, width: 2 + size * 3 }))
}

/** Seeds of a sunflower: each turned from the last by the golden angle. */
const seeds: Pattern = (random) => {
  const [cx, cy] = [between(random, 90, 230), between(random, 70, 110)]
  const rings = ['', '', '']
  for (let seed = 3; seed < 300; seed++) {
    const [x, y] = around(cx, cy, 10.5 * Math.sqrt(seed), seed * 2.39996)
    if (x < -6 || x > 326 || y < -6 || y > 186) continue
    const ring = seed < 24 ? 0 : seed < 90 ? 1 : 2
    rings[ring] = `${rings[ring] ?? ''}M${x} ${y}h0`
  }
  return [
    { pigment: 's', d: rings[0] ?? '', width: 5 },
    { pigment: 'l', d: rings[1] ?? '', width: 8 },
    { pigment: 'm', d: rings[2] ?? '', width: 11 },
  ]
}

/** Straight threads whose crossings draw a valley, as on a child's board of nails. */
const threads: Pattern = (random) => {
  const steps = 24
  const lean = between(random, 0.7, 1.25)
  const fan = (x0: number, reach: number) =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const x = round(x0 + (reach * step) / steps)
      return `M${x} 180L${x0} ${round((180 * step) / steps)}`
    }).join('')
  return [
    { pigment: 'd', d: circle(between(random, 110, 210), between(random, 44, 84), between(random, 24, 36)) },
    { pigment: 'm', d: fan(320, -320 * (2 - lean)), width: 1.25 },
    { pigment: 'l', d: fan(0, 320 * lean), width: 1.25 },
  ]
}

/** Hills in four distances under a low sun. */
const hills: Pattern = (random) => {
  const hill = (base: number, rise: number) => {
    const crest = round(between(random, 70, 250))
    const [near, far] = [round(between(random, 0, rise)), round(between(random, 0, rise))]
    return `M0 ${base + near}C${round(crest / 2)} ${base + near} ${crest - 40} ${base - rise} ${crest} ${base - rise}S${crest + 50} ${base + far} 320 ${base + far}V180H0z`
  }
  return [
    { pigment: 'd', d: circle(between(random, 60, 260), between(random, 44, 70), between(random, 18, 30)) },
    { pigment: 'w', d: hill(100, 30), opacity: 0.4 },
    { pigment: 'w', d: hill(122, 24) },
    { pigment: 'b', d: hill(144, 20) },
    { pigment: 'i', d: hill(166, 14) },
  ]
}

/** Arches in a row, one inside the other: a cloister walk. */
const arches: Pattern = (random) => {
  const paths = { l: '', m: '' }
  const lit = Math.floor(random() * 4)
  for (let bay = 0; bay < 4; bay++) {
    const x = bay * 80
    const foot = 180
    const spring = round(between(random, 56, 118))
    for (let inset = 6; inset < 38; inset += 8) {
      const r = 40 - inset
      paths[bay % 2 === 0 ? 'l' : 'm'] += `M${x + inset} ${foot}V${spring}a${r} ${r} 0 0 1 ${2 * r} 0V${foot}`
    }
  }
  return [
    { pigment: 'd', d: circle(lit * 80 + 40, between(random, 26, 46), 11) },
    { pigment: 'l', d: paths.l, width: 2.5 },
    { pigment: 'm', d: paths.m, width: 2.5 },
  ]
}

export const PATTERNS: readonly Pattern[] = [quarters, waves, orbits, halftone, seeds, threads, hills, arches]
