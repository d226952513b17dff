import { OperationError, RequestError } from '../base/errors.ts'
import { onlyJourneys } from '../journeys/compare/only-journeys.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { findingLines } from './plan-text.ts'
import { realmPath } from './target.ts'
import { UsageError } from './usage-error.ts'

/** Two contents to compare. */
export type Sides = { before: Bundle; after: Bundle }

/**
 * Reads a side of a comparison.
 * @throws UsageError if it can't be read.
 */
export async function readingSide<Value>(read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof OperationError || error instanceof RequestError)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}

/**
 * Reads a file or folder.
 * @throws OperationError if it can't be read, or contains no export.
 */
export function readPath(path: string, { realm, from }: { realm: string; from?: string }): Bundle {
  const bundle = readFiles([path], { realm: realmPath(realm), from })
  const { journeys, scripts, customNodeTypes, documents, findings } = bundle
  if (journeys.length + scripts.length + customNodeTypes.length + documents.length > 0) return bundle
  const why = findings.map(({ message }) => `\n  ${message}`).join('')
  throw new OperationError(`${path}: contains no export of journeys or scripts${why}`)
}

/** Contradictions within a side, and what could not be read of it. */
export function problemsOf(side: string, { findings }: Bundle): string[] {
  const problems = findings.filter(({ kind }) => kind === 'conflict' || kind === 'unreadable')
  return problems.length === 0 ? [] : [`${side} was read only in part:`, ...findingLines(problems)]
}

/**
 * Leaves only these journeys and what they need; everything if none is named.
 * @throws UsageError naming a journey that neither side has.
 */
export function chosenJourneys(names: readonly string[], sides: Sides): Sides {
  if (names.length === 0) return sides
  for (const name of names) {
    const isThere = [sides.before, sides.after].some(({ journeys }) =>
      journeys.some(({ _id }) => _id === name),
    )
    if (!isThere) throw new UsageError(`Neither side has a journey ${name}`)
  }
  return onlyJourneys(names, sides)
}
