import { type Problem, problem } from './problem.ts'

/** A conditional change of something that has a revision: made from one, to a value that nobody else writes. */
export type Change = {
  from: string
  value: string
  /** What the server said: saved as a new revision, refused because another came first, or nothing. */
  outcome: { saved: string } | 'refused' | 'unknown'
}

/** Something as it is read. */
export type Held = { revision: string; value: string }

/** Whether every acknowledged change was made from the one before, and the last of them is what is there. */
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
