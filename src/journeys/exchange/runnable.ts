import { cyclesIn } from '../../engine/graph.ts'
import { failureId, innerJourneyOf, successId } from '../../engine/journey.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import { parsedSettings } from '../../nodes/settings-of.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument } from '../journey-document.ts'
import { type Finding, finding } from './finding.ts'
import { firstProblem } from './read-result.ts'
import { type Member, membersOf } from './references.ts'

const ends: ReadonlySet<string> = new Set([successId, failureId])

/** Problems that prevent journeys of a bundle from running on this server although nothing is missing. */
export function runProblems(bundle: ConfigurationChange, all: ConfigurationChange): Finding[] {
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const found = bundle.journeys.flatMap((journey) => [
    ...graphProblems(journey).map((problem) => finding('note', `Journey ${journey._id} ${problem}`)),
    ...membersOf(journey, nodes).flatMap((member) => nodeProblems(journey, member)),
  ])
  const sentences = new Map(found.map((one) => [one.message, one]))
  return [...sentences.values(), ...cycleFindings(bundle, all)]
}

/** Whether a type runs here by itself. Custom types do, once they are defined; stand-ins don't. */
export function isSupported({ type, version }: Pick<Member, 'type' | 'version'>): boolean {
  const known = nodeTypeNamed(type, version)
  return type.startsWith('designer-') || (known !== undefined && known.standIn === undefined)
}

function nodeProblems(journey: JourneyDocument, member: Member): Finding[] {
  const { type, version, displayName, settings } = member
  const who = `Journey ${journey._id}: node '${displayName}'`
  const about = { kind: 'journey', id: journey._id }
  if (!isSupported(member)) {
    const full = version === '1.0' ? type : `${type} ${version}`
    if (nodeTypeNamed(type, version)?.standIn !== undefined) {
      const remedy = 'it needs a stand-in that an administrator declares in the realm’s settings'
      return [finding('unsupported', `${who} is of type ${full}, which doesn’t run here: ${remedy}`, about)]
    }
    return [
      finding('unsupported', `${who} is of type ${full}, which is not supported: journeys fail there`, about),
    ]
  }
  const known = nodeTypeNamed(type, version)
  const parsed = settings && known && parsedSettings(known, settings.config)
  if (parsed?.success !== false) return []
  return [
    finding('unsupported', `${who} (${type}) has an invalid setting: ${firstProblem(parsed.error)}`, about),
  ]
}

function graphProblems({ entryNodeId, nodes }: JourneyDocument): string[] {
  const exists = (id: string) => ends.has(id) || Object.hasOwn(nodes, id)
  const lost = Object.values(nodes).flatMap(({ displayName, connections }) =>
    Object.entries(connections)
      .filter(([, target]) => !exists(target))
      .map(
        ([outcome]) =>
          `has a node '${displayName}' whose outcome '${outcome}' is connected to a missing node`,
      ),
  )
  if (entryNodeId === failureId) return ['always fails: it starts at Failure', ...lost]
  if (entryNodeId === successId) return ['does nothing: it starts at Success', ...lost]
  return exists(entryNodeId) ? lost : ['cannot run: it starts at a node that does not exist', ...lost]
}

/** Inner journeys of a bundle that enter an outer journey again. Reports each cycle once. */
function cycleFindings(bundle: ConfigurationChange, all: ConfigurationChange): Finding[] {
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
