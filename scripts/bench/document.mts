import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../launcher/failure.mts'
import { ROOT } from '../launcher/paths.mts'
import { markdown, type Section } from './report.mts'

export const DOCUMENT = path.join('docs', 'benchmarks.md')

const BEGIN = '<!-- figures: begin, written by "npm run bench -- --write" -->'
const END = '<!-- figures: end -->'

/** Replaces the figures between the two marks; the reading around them is a person's. @throws Failure without marks */
export function writeFigures(
  command: string,
  facts: readonly [string, string][],
  sections: readonly Section[],
): void {
  const file = path.join(ROOT, DOCUMENT)
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from)
    throw new Failure(`${DOCUMENT} has lost the marks that its figures stand between.`)
  const head = [
    `| run | \`${command}\` |`,
    '| --- | --- |',
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
  ]
  const figures = [head.join('\n'), ...sections.map(markdown)].join('\n\n')
  writeFileSync(file, `${text.slice(0, from)}${BEGIN}\n\n${figures}\n\n${text.slice(to)}`)
}
