import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { scriptSchema } from '../../scripts/script.ts'

const prefix = 'outcome of the stub '

/** The node id in the prompt of a stub's page. */
export function stubPrompt(prompt: string): string | undefined {
  return prompt.startsWith(prefix) ? prompt.slice(prefix.length) : undefined
}

/**
 * Replaces nodes with pages on which the explorer chooses the outcome, and a person whom the node names. Walks name both as
 * `stub:`.
 * @param ids of nodes and the outcomes to choose from.
 */
export function withStubPages(bundle: Bundle, ids: ReadonlyMap<string, readonly string[]>): Bundle {
  const scripts = [...ids].map(([id, outcomes]) =>
    scriptSchema.parse({
      id: `stub-page-${id}`,
      name: `stub page ${id}`,
      source: pageScript(id, outcomes),
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
      evaluatorVersion: '2.0',
    }),
  )
  const type = { nodeType: 'ScriptedDecisionNode', version: '1.0' }
  return {
    ...bundle,
    scripts: [...bundle.scripts, ...scripts],
    nodes: [
      ...bundle.nodes.filter(({ id }) => !ids.has(id)),
      ...[...ids].map(([id, outcomes]) => ({
        id,
        type: type.nodeType,
        version: type.version,
        config: { script: `stub-page-${id}`, outcomes: [...outcomes], inputs: ['*'], outputs: ['*'] },
      })),
    ],
    journeys: bundle.journeys.map((journey) => ({
      ...journey,
      nodes: Object.fromEntries(
        Object.entries(journey.nodes).map(([id, node]) => [id, ids.has(id) ? { ...node, ...type } : node]),
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
