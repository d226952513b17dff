import { failureId, successId } from '../../engine/journey.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { type LintedJourney, type LintedNode, liveConnections } from '../../journeys/lint/linted-journey.ts'
import { type Mutant, nodeKey } from './mutant.ts'

type Connections = Readonly<Record<string, string>>

/** Mutants of the connections of a journey. */
export function connectionMutants(journey: LintedJourney): Mutant[] {
  return journey.reachable.flatMap((node) => [
    ...redirected(journey, node),
    ...swapped(journey, node),
    ...removed(journey, node),
  ])
}

/** Outcomes that lead where the right credential leads, and to Success. */
function redirected(journey: LintedJourney, node: LintedNode): Mutant[] {
  const connections = liveConnections(node)
  const proves = node.nodeType?.proves ?? {}
  const [proven, right] = connections.find(([outcome]) => proves[outcome] !== undefined) ?? []
  return connections.flatMap(([outcome, target]) => {
    const isWrong = right !== undefined && proves[outcome] === undefined && target !== right
    const leadsToSuccess = target !== successId && !(isWrong && right === successId)
    const like = right === successId ? '' : `, as '${proven}' does`
    return [
      ...(isWrong ? [leading(journey, node, 'bypass', { outcome, target: right, like })] : []),
      ...(leadsToSuccess
        ? [
            leading(journey, node, target === failureId ? 'failure' : 'success', {
              outcome,
              target: successId,
            }),
          ]
        : []),
    ]
  })
}

function leading(
  journey: LintedJourney,
  node: LintedNode,
  kind: 'bypass' | 'success' | 'failure',
  { outcome, target, like = '' }: { outcome: string; target: string; like?: string },
): Mutant {
  return {
    ...mutantIn(journey, node),
    kind,
    change: `'${outcome}' leads to ${nameOf(journey, target)}${like}`,
    changed: { kind: 'connection', outcome },
    apply: (bundle) => connected(bundle, journey.name, { [node.id]: { [outcome]: target } }),
  }
}

/** Each outcome swapped with the next one that leads elsewhere. */
function swapped(journey: LintedJourney, node: LintedNode): Mutant[] {
  const connections = liveConnections(node)
  return connections.flatMap(([outcome, target], place): Mutant[] => {
    const [other, otherTarget] = connections[place + 1] ?? []
    if (other === undefined || otherTarget === undefined || otherTarget === target) return []
    return [
      {
        ...mutantIn(journey, node),
        kind: 'swap',
        change: `'${outcome}' and '${other}' are swapped`,
        changed: { kind: 'connection', outcome },
        apply: (bundle) =>
          connected(bundle, journey.name, { [node.id]: { [outcome]: otherTarget, [other]: target } }),
      },
    ]
  })
}

/** The target of the first outcome takes the place of the node. */
function removed(journey: LintedJourney, node: LintedNode): Mutant[] {
  const [, target] = liveConnections(node)[0] ?? []
  if (target === undefined || target === node.id) return []
  const leadingHere = (connections: Connections) =>
    Object.fromEntries(
      Object.entries(connections).flatMap(([id, to]) => (to === node.id ? [[id, target]] : [])),
    )
  const changes = Object.fromEntries(
    Object.entries(journey.document.nodes).map(([id, { connections }]) => [id, leadingHere(connections)]),
  )
  return [
    {
      ...mutantIn(journey, node),
      kind: 'removal',
      change: `it is removed, so that ${nameOf(journey, target)} follows instead`,
      changed: { kind: 'node' },
      apply: (bundle) => connected(bundle, journey.name, changes, { from: node.id, to: target }),
    },
  ]
}

function mutantIn({ name: journey }: LintedJourney, { id, name }: LintedNode) {
  return { journey, nodeId: id, node: name, outerId: id, keys: [nodeKey(journey, id)], isRefused: false }
}

function nameOf({ nodes }: LintedJourney, id: string): string {
  if (id === successId) return 'Success'
  return id === failureId ? 'Failure' : (nodes.get(id)?.name ?? id)
}

/** The bundle with other targets of connections, by node and outcome. */
function connected(
  bundle: Bundle,
  name: string,
  changes: Readonly<Record<string, Connections>>,
  entry?: { from: string; to: string },
): Bundle {
  const journeys = bundle.journeys.map((journey) => {
    if (journey._id !== name) return journey
    const nodes = Object.entries(journey.nodes).map(([id, node]) => [
      id,
      { ...node, connections: { ...node.connections, ...changes[id] } },
    ])
    const entryNodeId = journey.entryNodeId === entry?.from ? entry.to : journey.entryNodeId
    return { ...journey, entryNodeId, nodes: Object.fromEntries(nodes) }
  })
  return { ...bundle, journeys }
}
