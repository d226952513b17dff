import { successId } from '../../engine/journey.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'
import { errorOf } from './choose.ts'
import type { ExploredJourney } from './explore-project.ts'
import type { Trail } from './trail.ts'

/**
 * What a journey does, as far as exploring has shown, as the end of a sentence about the journey.
 * @param all the explored journeys, which can have this one inside.
 */
export function verdictOf(
  { journey, trails, stubbed, stuck, isComplete, failure }: ExploredJourney,
  all: readonly ExploredJourney[],
  { journeys }: Pick<Bundle, 'journeys'>,
): string {
  const document = journeys.find(({ _id }) => _id === journey)
  const nameOf = displayNames(journeys)
  if (failure !== undefined) return `can't be explored: ${failure}`
  if (document?.enabled === false) return 'is disabled'
  if (trails.some(isSuccess)) return 'reaches Success'
  const outer = document === undefined ? [] : all.filter((each) => succeedsInside(document, each))
  if (outer.length > 0) return `reaches Success inside ${outer.map((each) => each.journey).join(' and ')}`
  if (document?.innerTreeOnly) return 'runs only inside other journeys, and none here reaches its Success'
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

/** Display names, which several nodes can share. */
function displayNames(journeys: Bundle['journeys']): (nodeId: string) => string {
  const placed = new Map(journeys.flatMap(({ nodes }) => Object.entries(nodes)))
  return (id) => placed.get(id)?.displayName || id
}

/** Whether an inner journey has reached its Success in another journey. */
function succeedsInside({ _id, nodes }: JourneyDocument, { trails }: ExploredJourney): boolean {
  const steps = trails.flatMap(({ spot }) => spot.steps)
  return steps.some(
    ({ journeys, nodeId, outcome = '', page }) =>
      page === null && journeys.at(-1) === _id && nodes[nodeId]?.connections[outcome] === successId,
  )
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
