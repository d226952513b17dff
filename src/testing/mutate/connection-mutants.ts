import { failureId, successId } from '../../engine/journey.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { type LintedJourney, type LintedNode, liveConnections } from '../../journeys/lint/linted-journey.ts'
import { type Mutant, nodeKey } from './mutant.ts'

/** The new target of a connection. `from` is undefined for the entry of the journey. */
type Redirect = (target: string, from: { id: string; outcome: string } | undefined) => string

/** A change of a node. `outcome` is undefined if the node is removed. */
type Change = Pick<Mutant, 'kind' | 'change'> & { outcome?: string; redirect: Redirect }

/** Mutants of the connections of a journey. */
export function connectionMutants(journey: LintedJourney): Mutant[] {
  const nameOf = (id: string) =>
    ({ [successId]: 'Success', [failureId]: 'Failure' })[id] ?? journey.nodes.get(id)?.name ?? id
  return journey.reachable.flatMap((node) => {
    const changes = [...leadingElsewhere(node, nameOf), ...swapped(node), ...removed(node, nameOf)]
    return changes.map(({ kind, change, outcome, redirect }) => ({
      ...{ journey: journey.name, nodeId: node.id, node: node.name, outerId: node.id, kind, change },
      changed: outcome === undefined ? { kind: 'node' } : { kind: 'connection', outcome },
      keys: [nodeKey(journey.name, node.id)],
      isRefused: false,
      apply: (bundle) => redirected(bundle, journey.name, redirect),
    }))
  })
}

/** Outcomes that lead where the right credential leads, and to Success. */
function leadingElsewhere(node: LintedNode, nameOf: (id: string) => string): Change[] {
  const proves = node.nodeType?.proves ?? {}
  const connections = liveConnections(node)
  const [proven, right] = connections.find(([outcome]) => proves[outcome] !== undefined) ?? []
  return connections.flatMap(([outcome, target]) => {
    const leading = (kind: Mutant['kind'], to: string, like = ''): Change => ({
      ...{ kind, change: `'${outcome}' leads to ${nameOf(to)}${like}`, outcome },
      redirect: (old, from) => (from?.id === node.id && from.outcome === outcome ? to : old),
    })
    const isWrong = right !== undefined && proves[outcome] === undefined && target !== right
    const like = right === successId ? '' : `, as '${proven}' does`
    const isLeft = target !== successId && !(isWrong && right === successId)
    return [
      ...(isWrong ? [leading('bypass', right, like)] : []),
      ...(isLeft ? [leading(target === failureId ? 'failure' : 'success', successId)] : []),
    ]
  })
}

/** Each outcome swapped with the next one, if that leads elsewhere. */
function swapped(node: LintedNode): Change[] {
  const connections = liveConnections(node)
  return connections.flatMap(([outcome, target], place): Change[] => {
    const [other, otherTarget] = connections[place + 1] ?? []
    if (other === undefined || otherTarget === undefined || otherTarget === target) return []
    const targets: Readonly<Record<string, string>> = { [outcome]: otherTarget, [other]: target }
    const redirect: Redirect = (old, from) => (from?.id === node.id && targets[from.outcome]) || old
    return [{ kind: 'swap', change: `'${outcome}' and '${other}' are swapped`, outcome, redirect }]
  })
}

/** The target of the first outcome takes the place of the node. */
function removed(node: LintedNode, nameOf: (id: string) => string): Change[] {
  const [, target] = liveConnections(node)[0] ?? []
  if (target === undefined || target === node.id) return []
  const change = `it is removed, so that ${nameOf(target)} follows instead`
  return [{ kind: 'removal', change, redirect: (old) => (old === node.id ? target : old) }]
}

function redirected(bundle: Bundle, name: string, redirect: Redirect): Bundle {
  const journeys = bundle.journeys.map((journey) => {
    if (journey._id !== name) return journey
    const nodes = Object.entries(journey.nodes).map(([id, node]) => {
      const connections = Object.entries(node.connections).map(([outcome, target]) => [
        outcome,
        redirect(target, { id, outcome }),
      ])
      return [id, { ...node, connections: Object.fromEntries(connections) }]
    })
    const entryNodeId = redirect(journey.entryNodeId, undefined)
    return { ...journey, entryNodeId, nodes: Object.fromEntries(nodes) }
  })
  return { ...bundle, journeys }
}
