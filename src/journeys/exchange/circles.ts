import { cyclesIn } from '../../engine/graph.ts'
import { innerJourneyOf } from '../../engine/journey.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { Bundle } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { membersOf } from './references.ts'

/** Inner journeys of a bundle that come back to one that waits for them, each circle once. */
export function circles(bundle: Bundle, all: ConfigurationChange): Finding[] {
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const inner = new Map(
    all.journeys.map((journey) => [
      journey._id,
      membersOf(journey, nodes).flatMap(
        ({ type, settings }) => innerJourneyOf({ type, config: settings?.config ?? {} }) ?? [],
      ),
    ]),
  )
  const imported = new Set(bundle.journeys.map(({ _id }) => _id))
  return cyclesIn([...inner.keys()], (name) => inner.get(name) ?? [])
    .filter((circle) => circle.some((name) => imported.has(name)))
    .map((circle) => finding('note', `${spoken(circle)}: a login that comes round fails`))
}

const shownJourneys = 10

function spoken(circle: readonly string[]): string {
  const [only] = circle
  if (circle.length === 1) return `Journey ${only} enters itself`
  const shown = circle.slice(0, shownJourneys).join(', ')
  const more = circle.length > shownJourneys ? `, … (${circle.length} journeys)` : ''
  return `Journeys enter one another in a circle, ${shown}${more}`
}
