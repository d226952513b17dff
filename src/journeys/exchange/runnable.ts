import { failureId, successId } from '../../engine/journey.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument } from '../journey-document.ts'
import type { Bundle } from './bundle.ts'
import { circles } from './circles.ts'
import { type Finding, finding } from './finding.ts'
import { firstProblem } from './read-result.ts'
import { type Member, membersOf } from './references.ts'

const ends: ReadonlySet<string> = new Set([successId, failureId])

/** What keeps journeys of a bundle from running here although everything is there. */
export function hindrances(bundle: Bundle, all: ConfigurationChange): Finding[] {
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const found = bundle.journeys.flatMap((journey) => [
    ...graphProblems(journey).map((problem) => finding('note', `Journey ${journey._id} ${problem}`)),
    ...membersOf(journey, nodes).flatMap((member) => nodeProblems(journey, member)),
  ])
  const sentences = new Map(found.map((one) => [one.message, one]))
  return [...sentences.values(), ...circles(bundle, all)]
}

/** Whether a type runs here. Custom types do, once their definition is there. */
export function isSupported({ type, version }: Pick<Member, 'type' | 'version'>): boolean {
  return type.startsWith('designer-') || nodeTypeNamed(type, version) !== undefined
}

function nodeProblems(journey: JourneyDocument, member: Member): Finding[] {
  const { type, version, displayName, settings } = member
  const who = `Journey ${journey._id}: node '${displayName}'`
  if (!isSupported(member)) {
    const full = version === '1.0' ? type : `${type} ${version}`
    return [finding('unsupported', `${who} is of type ${full}, which does not run here: a login ends there`)]
  }
  const parsed = settings && nodeTypeNamed(type, version)?.config.safeParse(settings.config)
  if (parsed?.success !== false) return []
  return [
    finding('unsupported', `${who} (${type}) has a setting that does not fit: ${firstProblem(parsed.error)}`),
  ]
}

function graphProblems({ entryNodeId, nodes }: JourneyDocument): string[] {
  const exists = (id: string) => ends.has(id) || Object.hasOwn(nodes, id)
  const lost = Object.values(nodes).flatMap(({ displayName, connections }) =>
    Object.entries(connections)
      .filter(([, target]) => !exists(target))
      .map(([outcome]) => `has a node '${displayName}' whose outcome '${outcome}' leads to no node`),
  )
  if (entryNodeId === failureId) return ['fails at once: it begins at the Failure node', ...lost]
  if (entryNodeId === successId) return ['does nothing: it begins at the Success node', ...lost]
  return exists(entryNodeId) ? lost : ['cannot run: it begins at a node that it does not have', ...lost]
}
