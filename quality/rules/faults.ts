import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { markersIn } from './marker.ts'
import { mutantsOf } from './mutants.ts'
import { patches } from './patches.ts'

const root = join(import.meta.dirname, '..', '..')

/** A change of one source file that breaks a rule: tests must notice it. */
export type Fault = {
  rule: string
  otherwise: string
  file: string
  line: number
  /** What changes. */
  operator: string
  start: number
  end: number
  text: string
}

/** A place where the code keeps a rule, with all faults made of it. */
export type Guard = { rule: string; otherwise: string; file: string; line: number; faults: Fault[] }

/** All guards of all rules, in the order of files and lines, and the patches. */
export function guards(): Guard[] {
  const files = globSync(['{src,contract,web}/**/*.{ts,tsx,js}', 'samples/**/*.js'], { cwd: root })
  const marked = files.filter((file) => !/\.test\.|^web\/(?:dist|node_modules)\//.test(file)).toSorted()
  return [...marked.flatMap(guardsIn), ...patches.map(patchGuard)]
}

function guardsIn(file: string): Guard[] {
  return markersIn(file, read(file)).map((marker) => {
    const { rule, otherwise, line } = marker
    const place = { rule, otherwise, file, line }
    return { ...place, faults: mutantsOf(marker).map((mutant) => ({ ...place, ...mutant })) }
  })
}

function patchGuard({ rule, otherwise, file, from, to }: (typeof patches)[number]): Guard {
  const text = read(file)
  const start = text.indexOf(from)
  if (text.split(from).length !== 2)
    throw new Error(`The text of a patch must occur once in ${file}: ${from}`)
  const place = { rule, otherwise, file, line: text.slice(0, start).split('\n').length }
  return { ...place, faults: [{ ...place, operator: 'patch', start, end: start + from.length, text: to }] }
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The files of each rule. */
export function placesOf(all: readonly Guard[]): Map<string, string[]> {
  const byRule = Map.groupBy(all, ({ rule }) => rule)
  const files = (of: readonly Guard[]) => [...new Set(of.map(({ file }) => file))].toSorted()
  return new Map([...byRule].map(([rule, of]) => [rule, files(of)]))
}
