import { asText } from '../../../engine/as-text.ts'
import { reachableFrom } from '../../../engine/graph.ts'
import { successId } from '../../../engine/journey.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { innerJourneys } from '../inner-journeys.ts'
import { type LintedJourney, type LintedNode, liveConnections } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const backchannelSuccessWithoutCredential: Rule = {
  id: 'backchannel-success-without-credential',
  severity: 'warning',
  what: 'A journey that a transaction starts can reach Success without checking a credential.',
  why: 'Whoever has the link is then taken for the person who was to be verified.',
  remedy: 'Lead every path to Success through a node that checks a password, a code or a device.',
  check(journey, realm) {
    const { name, document } = journey
    if (!document.transactionalOnly && realm.openersOf(name).length === 0) return []
    const message = 'A transaction can reach Success on a path that checks no credential.'
    if (document.entryNodeId === successId) return [{ message }]
    return unprovenEnds(journey, unprovenJourneys(realm, name)).map((node) => ({
      nodeId: node.id,
      message: `A transaction can reach Success by '${node.name}' on a path that checks no credential.`,
    }))
  },
}

/** Names of journeys that can end in Success when no credential has proved right. */
type Unproven = ReadonlySet<string>

/** Those among a journey and its inner journeys. Each one found may open a way through another. */
function unprovenJourneys(realm: LintedRealm, name: string): Unproven {
  const open = [...reachableFrom([name], (each) => innerJourneys(realm, each))]
  const unproven = new Set<string>()
  const isUnproven = (each: string) => {
    const journey = realm.journey(each)
    if (journey === undefined) return false
    return journey.document.entryNodeId === successId || unprovenEnds(journey, unproven).length > 0
  }
  for (let next = open.find(isUnproven); next !== undefined; next = open.find(isUnproven)) {
    unproven.add(next)
    open.splice(open.indexOf(next), 1)
  }
  return unproven
}

/** The nodes that lead to Success when no credential has proved right. */
function unprovenEnds({ document, nodes, reachable }: LintedJourney, unproven: Unproven): LintedNode[] {
  const next = (id: string) => unprovenTargets(nodes.get(id), unproven)
  const reached = reachableFrom([document.entryNodeId], next)
  return reachable.filter(({ id }) => reached.has(id) && next(id).includes(successId))
}

function unprovenTargets(node: LintedNode | undefined, unproven: Unproven): string[] {
  // What a node of an unknown type checks cannot be told; that it is unknown is said elsewhere.
  if (node === undefined || node.nodeType === undefined) return []
  const proves = provingOutcomes(node, unproven)
  return liveConnections(node)
    .filter(([outcome]) => !proves.includes(outcome))
    .map(([, target]) => target)
}

function provingOutcomes(node: LintedNode, unproven: Unproven): readonly string[] {
  const last = node.children.at(-1)
  // The outcomes of newer pages are named after the child that has them.
  if (last !== undefined)
    return Object.keys(last.nodeType?.proves ?? {}).flatMap((id) => [id, `${last.id}-${id}`])
  const type = node.imitates ?? node.nodeType
  if (type?.type !== innerTreeEvaluator.type) return Object.keys(type?.proves ?? {})
  return unproven.has(asText(node.config.tree)) ? [] : ['true']
}
