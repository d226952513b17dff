import { errorOf } from './choose.ts'
import type { ExploredJourney } from './explore-project.ts'
import type { Trail } from './trail.ts'

type Judged = Pick<ExploredJourney, 'trails' | 'stubbed' | 'stuck' | 'isComplete' | 'failure'>

/**
 * What a journey does, as far as exploring has shown, as the end of a sentence about the journey.
 * @param nameOf the name of a node.
 */
export function verdictOf(
  { trails, stubbed, stuck, isComplete, failure }: Judged,
  nameOf: (nodeId: string) => string,
): string {
  if (failure !== undefined) return `can't be explored: ${failure}`
  if (trails.some(isSuccess)) return 'reaches Success'
  const success = stubbed.filter(isSuccess).toSorted((one, other) => stubsOf(one) - stubsOf(other))[0]
  if (success !== undefined) {
    const ids = Object.keys(success.stub)
    const reason = reasonsIn(trails, ids)
    return `needs a stub for ${ids.map(nameOf).join(' and ')}${reason === undefined ? '' : `, which ends with an error: ${reason}`}`
  }
  const error = reasonsIn(trails)
  if (error !== undefined) return `ends with an error: ${error}`
  const [first] = stuck
  if (first !== undefined) {
    const { nodeId = '' } = first.spot.run.session.position.at(-1) ?? {}
    const how = first.spot.run.session.isSuspended
      ? 'waits for a link that no email has'
      : 'no answer leads on'
    return `stays at ${nameOf(nodeId)}: ${how}`
  }
  return isComplete ? 'never reaches Success' : 'has not reached Success within the budget'
}

function isSuccess({ spot }: Trail): boolean {
  return spot.session.outcome === 'success'
}

function stubsOf({ stub }: Trail): number {
  return Object.keys(stub).length
}

/** The first reason of an error. @param ids nodes. Default: any. */
function reasonsIn(trails: readonly Trail[], ids?: readonly string[]): string | undefined {
  const errors = trails.flatMap((trail) => errorOf(trail) ?? [])
  return errors.find(({ nodeId }) => ids?.includes(nodeId) ?? true)?.reason
}
