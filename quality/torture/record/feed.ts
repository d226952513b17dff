import { type Problem, problem } from './problem.ts'

/** What one connection to a feed told: after which event it was asked to go on, and the ids that came. */
export type Connection = {
  /** undefined: it began with a snapshot, whose id comes first. */
  after: number | undefined
  ids: readonly number[]
}

/** Whether a reader who broke off and came back heard everything once and in order. @param last what there was to hear. */
export function feedProblems(connections: readonly Connection[], last: number): Problem[] {
  const gap = (seen: string) => problem('a feed has a gap or tells something twice', seen)
  const problems: Problem[] = []
  let heard: number | undefined
  for (const { after, ids } of connections) {
    if (after !== undefined && after !== heard)
      problems.push(gap(`asked to go on after ${after}, had ${heard}`))
    for (const id of ids) {
      if (heard !== undefined && id !== heard + 1) problems.push(gap(`${id} came after ${heard}`))
      heard = id
    }
  }
  if (heard !== undefined && heard < last) problems.push(gap(`ended with ${heard}, and there is ${last}`))
  return problems
}
