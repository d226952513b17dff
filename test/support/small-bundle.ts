import type { JsonObject } from '../../src/base/json.ts'
import { successId } from '../../src/engine/journey.ts'
import { type Bundle, emptyBundle } from '../../src/journeys/exchange/bundle.ts'
import type { RealmContent } from '../../src/journeys/exchange/realm-content.ts'
import { journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { customNodeTypeSchema } from '../../src/nodes/custom-node-type.ts'
import { type Script, scriptSchema } from '../../src/scripts/script.ts'

/** A bundle with one journey whose nodes follow each other: id to type and settings. */
export function journeyBundle(
  name: string,
  nodes: Record<string, { type: string; config?: JsonObject }>,
  more: Partial<Bundle> = {},
): Bundle {
  const ids = Object.keys(nodes)
  const places = ids.map((id, i) => [
    id,
    {
      nodeType: nodes[id]?.type ?? '',
      displayName: id,
      connections: { outcome: ids[i + 1] ?? successId },
      x: i * 100,
      y: 0,
    },
  ])
  const tree = { _id: name, entryNodeId: ids[0] ?? successId, nodes: Object.fromEntries(places) }
  return {
    ...emptyBundle(),
    journeys: [journeyDocumentSchema.parse(tree)],
    nodes: Object.entries(nodes).map(([id, { type, config = {} }]) => ({ id, type, version: '1.0', config })),
    ...more,
  }
}

/** A script of the next generation. */
export function scriptOf(id: string, name: string, source: string, more: Partial<Script> = {}): Script {
  const context = 'AUTHENTICATION_TREE_DECISION_NODE'
  return { ...scriptSchema.parse({ id, name, source, context, evaluatorVersion: '2.0' }), ...more }
}

/** A custom node type without settings. */
export function customTypeOf(serviceName: string, displayName: string, script = '') {
  return customNodeTypeSchema.parse({
    serviceName,
    displayName,
    outcomes: ['done'],
    inputs: [],
    outputs: [],
    script,
  })
}

/** A Scripted Decision with this script. */
export function decision(script: string) {
  return {
    type: 'ScriptedDecisionNode',
    config: { script, outcomes: ['outcome'], inputs: ['*'], outputs: ['*'] },
  }
}

/** A node that runs another journey. */
export function inner(tree: string) {
  return { type: 'InnerTreeEvaluatorNode', config: { tree } }
}

/** Several bundles as one. */
export function joined(...bundles: Bundle[]): Bundle {
  return {
    journeys: bundles.flatMap(({ journeys }) => journeys),
    nodes: bundles.flatMap(({ nodes }) => nodes),
    scripts: bundles.flatMap(({ scripts }) => scripts),
    customNodeTypes: bundles.flatMap(({ customNodeTypes }) => customNodeTypes),
    documents: bundles.flatMap(({ documents }) => documents),
    findings: bundles.flatMap(({ findings }) => findings),
  }
}

/** A realm with the content of a bundle. */
export function realmWith(bundle: Bundle = emptyBundle()): RealmContent {
  const { findings: _none, ...content } = bundle
  return { ...content, version: 1 }
}
