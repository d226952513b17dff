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
  why: 'Anyone who has the link then counts as the verified person.',
  remedy: 'Make every path to Success pass a node that checks a password, a code or a device.',
  check(journey, realm) {
    const { name, document } = journey
    if (!document.transactionalOnly && realm.openersOf(name).length === 0) return []
    const message = 'A transaction can reach Success on a path that checks no credential.'
    if (document.entryNodeId === successId) return [{ message }]
    return unprovenEnds(journey, unprovenJourneys(realm, name)).map((node) => ({
      nodeId: node.id,
      message: `A transaction can reach Success through '${node.name}' on a path that checks no credential.`,
    }))
  },
}

/** Names of journeys that can reach Success without a successful check of a credential. */
type Unproven = ReadonlySet<string>

/** A journey and its inner journeys, filtered. Repeats, because each one found can make another one unproven. */
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

/** Nodes that lead to Success on a path without a successful check of a credential. */
function unprovenEnds({ document, nodes, reachable }: LintedJourney, unproven: Unproven): LintedNode[] {
  const next = (id: string) => unprovenTargets(nodes.get(id), unproven)
  const reached = reachableFrom([document.entryNodeId], next)
  return reachable.filter(({ id }) => reached.has(id) && next(id).includes(successId))
}

function unprovenTargets(node: LintedNode | undefined, unproven: Unproven): string[] {
  // Another rule reports nodes of unknown types.
  if (node === undefined || node.nodeType === undefined) return []
  const proves = provingOutcomes(node, unproven)
  return liveConnections(node)
    .filter(([outcome]) => !proves.includes(outcome))
    .map(([, target]) => target)
}

function provingOutcomes(node: LintedNode, unproven: Unproven): readonly string[] {
  const last = node.children.at(-1)
  // Outcomes of newer pages are prefixed with the id of the child.
  if (last !== undefined)
    return Object.keys(last.nodeType?.proves ?? {}).flatMap((id) => [id, `${last.id}-${id}`])
  const type = node.imitates ?? node.nodeType
  if (type?.type !== innerTreeEvaluator.type) return Object.keys(type?.proves ?? {})
  return unproven.has(asText(node.config.tree)) ? [] : ['true']
}
