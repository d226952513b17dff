import { type Problem, problem } from './problem.ts'

/** One connection to a feed: its Last-Event-ID, and the ids of its events. */
export type Connection = {
  /** undefined: it began with a snapshot, whose id comes first. */
  after: number | undefined
  ids: readonly number[]
}

/**
 * Checks that a client that reconnected got every event once and in order.
 * @param last id of the last event.
 */
export function feedProblems(connections: readonly Connection[], last: number): Problem[] {
  const gap = (seen: string) => problem('a feed has a gap or a repetition', seen)
  const problems: Problem[] = []
  let newest: number | undefined
  for (const { after, ids } of connections) {
    if (after !== undefined && after !== newest) problems.push(gap(`resumed after ${after}, had ${newest}`))
    for (const id of ids) {
      if (newest !== undefined && id !== newest + 1) problems.push(gap(`${id} came after ${newest}`))
      newest = id
    }
  }
  if (newest !== undefined && newest < last) problems.push(gap(`ended with ${newest} instead of ${last}`))
  return problems
}
