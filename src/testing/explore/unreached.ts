import { counted } from '../../base/counted.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import { typesWith } from '../../journeys/revisions.ts'
import type { JourneyCoverage, NodeCoverage } from '../coverage/outcome-report.ts'
import type { Project } from '../project/project.ts'
import type { Exploration, ExploredJourney } from './explore-project.ts'
import type { Finding } from './finding.ts'

/** Kinds of nodes whose outcomes need more than made-up answers, in the order in which they are tried. */
const needs: readonly (readonly [RegExp, string])[] = [
  [/WebAuthn|Passkey|DeviceBinding|DeviceSigning/, 'needs a device that signs, which cannot be made up'],
  [/RecoveryCode/, 'needs a recovery code, which cannot be made up'],
  [/Push/, 'needs an answer of a phone, or a phone that is too late'],
  [/Amster|Iot|Jwt|Certificate/i, 'needs a signed token, which cannot be made up'],
  [/PersistentCookie/, 'needs a cookie of an earlier sign-in'],
  [/Social|Saml|Oidc|OAuth|IdP/i, 'needs another party: the identity provider'],
  [/BackChannel|Backchannel|Verification/, 'needs another party: the caller or the agent'],
  [/Ldap|IdentityStore/i, 'needs a service: the directory'],
  [/Captcha/i, 'needs a service: the captcha'],
  [/Device|Geo/, 'needs the profile of a known device'],
  [
    /Timer|TimeSince|Meter|LoginCount|AccountActive|Query|Cookie|Header/,
    'needs another past, request or person',
  ],
  [/Script|^designer-/, 'its script has chosen other outcomes'],
]

/** Each outcome that was not reached, with the reason. */
export function unreachedFindings(project: Project, { report, journeys }: Exploration): Finding[] {
  const explored = new Map(journeys.map((each) => [each.journey, each]))
  return report.journeys.flatMap((journey) => {
    const found = explored.get(journey.name)
    if (found === undefined) return []
    const reached = { project, isComplete: found.isComplete, failed: failedNodes(found) }
    return [
      ...unreachableNodes(journey, project),
      ...journey.nodes.flatMap((node) => unreachedOf(node, journey.name, reached)),
      ...behindUnreached(journey, project),
    ]
  })
}

function unreachableNodes({ name: journey, unreachable }: JourneyCoverage, { places }: Project): Finding[] {
  return unreachable.map(({ id, name }) => {
    const message = `${name} is unreachable: no connection from the entry leads to it`
    return { severity: 'warning', rule: 'unreached', journey, message, place: places.node(journey, id) }
  })
}

/** All nodes that were not reached because an outcome before them was not. */
function behindUnreached({ name: journey, nodes, starts }: JourneyCoverage, { places }: Project): Finding[] {
  const names = nodes.filter(({ visits }) => visits === 0).map(({ name }) => name)
  if (names.length === 0) return []
  const why =
    starts === 0
      ? 'the journey does not start without another party or journey'
      : `${names.length === 1 ? 'it comes' : 'they come'} after outcomes that were not reached`
  const message = `${counted(names.length, 'node was', 'nodes were')} not reached, because ${why}: ${names.join(', ')}`
  return [{ severity: 'hint', rule: 'unreached', journey, message, place: places.journey(journey) }]
}

/** The outcomes of a node that was reached. */
function unreachedOf(
  node: NodeCoverage,
  journey: string,
  { project, isComplete, failed }: { project: Project; isComplete: boolean; failed: ReadonlySet<string> },
): Finding[] {
  if (node.visits === 0) return []
  const { places } = project
  const type = typeOf(node, project)
  const neverEnds = failed.has(node.id) && node.outcomes.every(({ visits }) => visits === 0)
  return node.outcomes
    .filter(({ visits }) => visits === 0)
    .map(({ id }) => ({
      severity: 'hint',
      rule: 'unreached',
      journey,
      message: `${node.name} → ${id} was not reached: ${neverEnds ? 'the node failed' : reasonFor(id, node, { type, isComplete })}`,
      place: places.connection(journey, node.id, id) ?? places.node(journey, node.id),
    }))
}

/** Ids of nodes that ended a run with an error. */
function failedNodes({ trails }: ExploredJourney): Set<string> {
  const steps = trails.flatMap(({ spot }) => spot.steps)
  return new Set(steps.flatMap(({ nodeId, result }) => (result === 'error' ? [nodeId] : [])))
}

function typeOf({ type }: NodeCoverage, { bundle }: Project): AnyNodeType | undefined {
  return typesWith(bundle.customNodeTypes)(type)
}

function reasonFor(
  outcome: string,
  node: NodeCoverage,
  { type, isComplete }: { type: AnyNodeType | undefined; isComplete: boolean },
): string {
  if (type === undefined) return `its type ${node.type} does not run here`
  if (node.inner !== undefined) return 'its inner journey did not end like that'
  const need = needs.find(([pattern]) => pattern.test(node.type))?.[1]
  if (need !== undefined) return need
  const method = type.proves?.[outcome]
  if (method !== undefined) return `needs a credential that cannot be made up (${method})`
  return isComplete ? 'no answer led to it' : 'no answer led to it in the time'
}
