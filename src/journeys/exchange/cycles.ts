import { cyclesIn } from '../../engine/graph.ts'
import { innerJourneyOf } from '../../engine/journey.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { Bundle } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { membersOf } from './references.ts'

/** Inner journeys of a bundle that enter an outer journey again. Reports each cycle once. */
export function cycleFindings(bundle: Bundle, all: ConfigurationChange): Finding[] {
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
    .filter((cycle) => cycle.some((name) => imported.has(name)))
    .map((cycle) => finding('note', `${described(cycle)}. A journey that runs through the cycle fails`))
}

const shownJourneys = 10

function described(cycle: readonly string[]): string {
  const [only] = cycle
  if (cycle.length === 1) return `Journey ${only} enters itself`
  const shown = cycle.slice(0, shownJourneys).join(', ')
  const more = cycle.length > shownJourneys ? `, … (${cycle.length} journeys)` : ''
  return `Journeys enter each other in a cycle: ${shown}${more}`
}
