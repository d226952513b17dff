import type { Content, Difference } from '../../journeys/compare/difference.ts'
import { differencesOf } from '../../journeys/compare/differences.ts'
import { librariesOf } from '../../journeys/exchange/references.ts'
import type { LintedJourney, LintedNode } from '../../journeys/lint/linted-journey.ts'
import { type LintedRealm, type LintedScript, lintedRealm } from '../../journeys/lint/linted-realm.ts'
import { scriptsOfNode } from '../../journeys/lint/used-scripts.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import type { OutcomeReport, UncoveredOutcome } from './outcome-report.ts'
import { uncoveredOutcomes } from './outcome-report.ts'

/** A node that differs from an earlier configuration, with the differences in words. */
export type ChangedNode = { journey: string; nodeId: string; words: string[] }

export type UncoveredChange = UncoveredOutcome & { words: string[] }

/**
 * The nodes that are new or whose type, settings, connections or scripts changed, including the libraries of their scripts.
 * A change of a node on a page is a change of the page.
 */
export function changedNodes(before: Content, after: Content): ChangedNode[] {
  const { differences } = differencesOf(before, after)
  const nothing = { forAgents: [], reports: new Map() }
  const realm = lintedRealm({ ...after, ...nothing, realm: '/', typeNamed: typesWith(after.customNodeTypes) })
  const types = new Map(after.customNodeTypes.map((type) => [customNodeTypeId(type), type.serviceName]))
  return after.journeys.flatMap(({ _id: name }) => {
    const journey = realm.journey(name)
    if (journey === undefined) return []
    return [...journey.nodes.values()].flatMap((node) => {
      const scripts = scriptIdsOf(node, realm, types)
      const own = differences.filter(
        (difference) =>
          difference.kind !== 'removed' &&
          difference.kind !== 'renamed' &&
          (concerns(difference, journey, node) ||
            scripts.has(`${difference.item.kind} ${difference.item.id}`)),
      )
      return own.length === 0 ? [] : [{ journey: name, nodeId: node.id, words: own.map(wordsOf) }]
    })
  })
}

/** Outcomes of changed nodes that no walk takes. Nodes that nothing reaches are left out, as in all coverage. */
export function uncoveredChanges(report: OutcomeReport, changed: readonly ChangedNode[]): UncoveredChange[] {
  return uncoveredOutcomes(report).flatMap((outcome) => {
    const node = changed.find(
      ({ journey, nodeId }) => journey === outcome.journey && nodeId === outcome.nodeId,
    )
    return node === undefined ? [] : [{ ...outcome, words: node.words }]
  })
}

function concerns(
  { item, kind, node }: Difference,
  { name, document }: LintedJourney,
  { id, children }: LintedNode,
) {
  if (item.kind !== 'journey' || item.id !== name) return false
  if (kind === 'added' && node === undefined) return true
  if (kind === 'entry') return document.entryNodeId === id
  return node?.after !== undefined && [id, ...children.map((child) => child.id)].includes(node.after)
}

/** Kinds and ids of the scripts, libraries and custom node types that run in a node. */
function scriptIdsOf(
  node: LintedNode,
  realm: LintedRealm,
  types: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const found = new Map<string, LintedScript>()
  const open = [node, ...node.children].flatMap((each) => scriptsOfNode(each, realm))
  for (let script = open.pop(); script !== undefined; script = open.pop()) {
    if (found.has(script.id)) continue
    found.set(script.id, script)
    open.push(...librariesOf(script.source).flatMap(({ id }) => realm.library(id) ?? []))
  }
  return new Set(
    [...found.keys()].map((id) => (types.has(id) ? `customNodeType ${types.get(id)}` : `script ${id}`)),
  )
}

function wordsOf({ item, words }: Difference): string {
  return item.kind === 'journey' ? words : `${item.name} ${words}`
}
