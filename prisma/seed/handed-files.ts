import type { BuiltAssignment } from './courses'
import { digest } from './ids'
import { random, type Random } from './random'

/** A file that was handed in: its name, without the ending, and what stands in it. */
interface Sheet {
  name: string
  ending: 'csv' | 'txt'
  content: string
}

const PLACES = [
  'back garden',
  'balcony',
  'village green',
  'school roof',
  'car park',
  'edge of the wood',
] as const

/** Stars of the Little Dipper on two evenings, from two places. */
function skyTable(chance: Random): Sheet {
  const [near = '', far = ''] = chance.shuffle(PLACES)
  const rows = ['First evening', 'Second evening'].flatMap((evening) => [
    `${evening},${near},${String(chance.between(2, 4))},${chance.pick(['clear', 'some haze'])}`,
    `${evening},${far},${String(chance.between(5, 7))},${chance.pick(['clear', 'thin clouds'])}`,
  ])
  return {
    name: 'stars-counted',
    ending: 'csv',
    content: `${['evening,place,stars seen,sky', ...rows].join('\n')}\n`,
  }
}

/** One of the queries that “Five questions” asks for. */
function queries(chance: Random): Sheet {
  const least = chance.between(3, 9)
  const content = [
    '-- Which customers have never ordered anything?',
    'SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;',
    '',
    `-- Who ordered at least ${String(least)} times?`,
    `SELECT customer_id, count(*) FROM orders GROUP BY customer_id HAVING count(*) >= ${String(least)};`,
    '',
  ]
  return { name: 'five-questions', ending: 'txt', content: content.join('\n') }
}

const SHEETS: Readonly<Record<string, (chance: Random) => Sheet>> = {
  'How dark is your sky?': skyTable,
  'Five questions to the practice shop': queries,
}

/**
 * What a person handed in with their text, as the store shall hold it; null where it was the text alone. Everybody
 * found something of their own.
 */
export function handedFile(
  assignment: BuiltAssignment,
  person: Readonly<{ id: string; tenantId: string }>,
): Readonly<{ key: string; content: string }> | null {
  const sheet = SHEETS[assignment.title]
  const chance = random('file of', assignment.id, person.id)
  if (sheet === undefined || chance.chance(0.3)) return null
  const { name, ending, content } = sheet(chance)
  const folder = `${person.tenantId}/private/submissions/${assignment.id}/${person.id}`
  const mark = digest('file of', assignment.id, person.id).slice(0, 32)
  return { key: `${folder}/${mark}-${name}.${ending}`, content }
}
