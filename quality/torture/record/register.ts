import { type Problem, problem } from './problem.ts'

/** A conditional change of a resource, based on one revision, with a unique value. */
export type Change = {
  from: string
  value: string
  /** The result: saved as a new revision, rejected because another change came first, or unknown. */
  outcome: { saved: string } | 'refused' | 'unknown'
}

/** The state of the resource when it is read. */
export type Held = { revision: string; value: string }

/**
 * Checks that every acknowledged change is based on the one before, and that the last one is the current state.
 */
export function registerProblems(
  name: string,
  { before, changes, now }: { before: Held; changes: readonly Change[]; now: Held },
): Problem[] {
  const problems: Problem[] = []
  const saved = changes.flatMap((change) =>
    typeof change.outcome === 'object' ? [{ ...change, revision: change.outcome.saved }] : [],
  )
  for (const [revision, made] of Map.groupBy(saved, ({ from }) => from)) {
    if (made.length > 1)
      problems.push(
        problem('an acknowledged change is lost', `${name}: ${made.length} saved over revision ${revision}`),
      )
  }
  const last = saved.findLast(({ revision }) => !saved.some(({ from }) => from === revision))
  const revision = last?.revision ?? before.revision
  const unknown = changes.filter(({ from, outcome }) => from === revision && outcome === 'unknown')
  const expected = [last?.value ?? before.value, ...unknown.map(({ value }) => value)]
  if (!expected.includes(now.value))
    problems.push(
      problem('an acknowledged change is lost', `${name}: ${now.value} in place of ${expected.join(' or ')}`),
    )
  return problems
}
