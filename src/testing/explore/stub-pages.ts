import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { scriptSchema } from '../../scripts/script.ts'

const prefix = 'outcome of the stub '

/** The choice to run the node. */
export const runsNode = 'run the node'

const pagePrefix = 'stub-page-'

/** The node id in the prompt of a stub's page. */
export function stubPrompt(prompt: string): string | undefined {
  return prompt.startsWith(prefix) ? prompt.slice(prefix.length) : undefined
}

/** The node that a recorded step stands for: a stub's page for the node behind it, if it chose an outcome of that node. */
export function stubbedNode(nodeId: string, outcome: string | undefined): string | undefined {
  if (!nodeId.startsWith(pagePrefix)) return nodeId
  return outcome === undefined || outcome === runsNode ? undefined : nodeId.slice(pagePrefix.length)
}

/**
 * Puts pages before nodes, on which the explorer chooses whether a node runs or which outcome it has, and a person whom the node
 * names. Walks name both as `stub:`.
 * @param ids of nodes and what to choose from: outcomes, and {@link runsNode} for a node that can run.
 */
export function withStubPages(bundle: Bundle, ids: ReadonlyMap<string, readonly string[]>): Bundle {
  const version = '1.0'
  const type = { nodeType: 'ScriptedDecisionNode', version }
  const pages = [...ids].map(([id, outcomes]) => ({
    id: `${pagePrefix}${id}`,
    source: pageScript(id, outcomes),
    outcomes: [...outcomes],
  }))
  const target = (id: string) => (ids.has(id) ? `${pagePrefix}${id}` : id)
  const leading = (connections: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(connections).map(([outcome, to]) => [outcome, target(to)]))
  return {
    ...bundle,
    scripts: [
      ...bundle.scripts,
      ...pages.map(({ id, source }) =>
        scriptSchema.parse({
          ...{ id, name: id, source, evaluatorVersion: '2.0' },
          context: 'AUTHENTICATION_TREE_DECISION_NODE',
        }),
      ),
    ],
    nodes: [
      ...bundle.nodes,
      ...pages.map(({ id, outcomes }) => ({
        ...{ id, type: type.nodeType, version },
        config: { script: id, outcomes, inputs: ['*'], outputs: ['*'] },
      })),
    ],
    journeys: bundle.journeys.map((journey) => ({
      ...journey,
      entryNodeId: target(journey.entryNodeId),
      nodes: Object.fromEntries(
        Object.entries(journey.nodes).flatMap(([id, node]) => {
          const connections = leading(node.connections)
          const placed = [[id, { ...node, connections }]] as const
          const page = { ...node, ...type, connections: { ...connections, [runsNode]: id } }
          return ids.has(id) ? [...placed, [target(id), page] as const] : placed
        }),
      ),
    })),
  }
}

function pageScript(id: string, outcomes: readonly string[]): string {
  const [prompt, choices] = [JSON.stringify(`${prefix}${id}`), JSON.stringify(outcomes)]
  return `var choices = ${choices}
if (callbacks.isEmpty()) {
  callbacksBuilder.choiceCallback(${prompt}, choices, 0, false)
  callbacksBuilder.nameCallback('person')
} else {
  var person = callbacks.getNameCallbacks().get(0)
  if (person) nodeState.putShared('username', person)
  action.goTo(choices[callbacks.getChoiceCallbacks().get(0)[0]])
}`
}
