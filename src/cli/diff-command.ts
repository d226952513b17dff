import { parseArgs } from 'node:util'
import type { Comparison } from '../journeys/compare/difference.ts'
import { differencesOf } from '../journeys/compare/differences.ts'
import { differencesText } from '../journeys/compare/differences-text.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { openTarget } from './open-target.ts'
import { chosenJourneys, problemsOf, readingSide, readPath } from './sides.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  from: { type: 'string' },
  data: { type: 'string' },
  journey: { type: 'string', multiple: true },
  lines: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** The name that stands for the server; a folder of this name is `./server`. */
const server = 'server'

type Values = { realm: string; from?: string; data?: string }

/**
 * `sidegate diff A B`: prints the differences between two files, folders or servers.
 * @returns the exit status: 0 without differences, 1 with differences, 2 if a side could be read only in part.
 * @throws UsageError if a side can't be read.
 */
export async function diffCommand(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [a, b, ...more] = positionals
  if (a === undefined || b === undefined || more.length > 0) {
    throw new UsageError('diff needs two of: a file, a folder, server')
  }
  if (a === server && b === server) throw new UsageError('diff compares a server with a file or a folder')
  const before = await readSide(a, values, terminal)
  const after = await readSide(b, values, terminal)
  const sides = chosenJourneys(values.journey ?? [], { before, after })
  const comparison = differencesOf(sides.before, sides.after)
  if (values.json) terminal.print(JSON.stringify(comparison, null, 2))
  else terminal.print(textOf(comparison, `From ${a} to ${b}:`, values.lines))
  const problems = [...problemsOf(a, before), ...problemsOf(b, after)]
  for (const line of problems) terminal.warn(line)
  if (problems.length > 0) return 2
  return comparison.differences.length === 0 ? 0 : 1
}

function readSide(side: string, values: Values, { environment }: Terminal): Promise<Bundle> {
  return readingSide(async () => {
    if (side !== server) return readPath(side, values)
    const target = await openTarget(values, environment)
    try {
      return await target.exportAll()
    } finally {
      await target.close()
    }
  })
}

function textOf(comparison: Comparison, title: string, withLines: boolean): string {
  const text = differencesText(comparison, { withLines })
  return comparison.differences.length === 0 ? text : `${title}\n${text}`
}
