import { OperationError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { suggestion } from '../../base/suggestion.ts'
import { failureId, successId } from '../../engine/journey.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'
import { type Script, scriptSchema } from '../../scripts/script.ts'
import type { Stub } from '../walk-file.ts'

const decision = 'ScriptedDecisionNode'
const decisionContext = 'AUTHENTICATION_TREE_DECISION_NODE'

function scriptOf(id: string, name: string, source: string, evaluatorVersion = '2.0'): Script {
  return scriptSchema.parse({ id, name, source, context: decisionContext, evaluatorVersion })
}

function decisionNode(id: string, script: string, outcomes: readonly string[]): Bundle['nodes'][number] {
  const config = { script, outcomes: [...outcomes], inputs: ['*'], outputs: ['*'] }
  return { id, type: decision, version: '1.0', config }
}

/**
 * Replaces nodes with ones that always have the same outcome.
 * @param stubs outcomes by display name or id of the nodes.
 * @throws OperationError for a node or an outcome that doesn't exist.
 */
export function stubbed(bundle: Bundle, stubs: Readonly<Record<string, Stub>>): Bundle {
  return Object.entries(stubs).reduce((changed, [name, stub]) => withStub(changed, name, stub), bundle)
}

function withStub(bundle: Bundle, name: string, stub: Stub): Bundle {
  const { outcome, shared = {} } = typeof stub === 'string' ? { outcome: stub } : stub
  const placed = bundle.journeys.flatMap(({ nodes }) => Object.entries(nodes))
  const ids = new Set(
    placed.filter(([id, node]) => id === name || node.displayName === name).map(([id]) => id),
  )
  if (ids.size === 0) {
    const names = placed.map(([, { displayName }]) => displayName)
    throw new OperationError(`stub: no journey has a node '${name}'${suggestion(name, names)}`)
  }
  const outcomes = new Set(
    placed.filter(([id]) => ids.has(id)).flatMap(([, node]) => Object.keys(node.connections)),
  )
  if (!outcomes.has(outcome)) {
    throw new OperationError(
      `stub: the node '${name}' has no connection '${outcome}', but ${[...outcomes].join(', ')}${suggestion(outcome, [...outcomes])}`,
    )
  }
  const source = `${sharing(shared)} outcome = ${JSON.stringify(outcome)}`
  const script = scriptOf(`stub ${name}`, `stub ${name}`, source)
  return {
    ...bundle,
    scripts: [...bundle.scripts, script],
    nodes: [
      ...bundle.nodes.filter(({ id }) => !ids.has(id)),
      ...[...ids].map((id) => decisionNode(id, script.id, [...outcomes])),
    ],
    journeys: bundle.journeys.map((journey) => ({
      ...journey,
      nodes: Object.fromEntries(
        Object.entries(journey.nodes).map(([id, node]) => [
          id,
          ids.has(id) ? { ...node, nodeType: decision, version: '1.0' } : node,
        ]),
      ),
    })),
  }
}

/** A line that puts values into shared state. */
function sharing(shared: JsonObject): string {
  const text = JSON.stringify(JSON.stringify(shared))
  return `var given = JSON.parse(${text}); for (var key in given) nodeState.putShared(key, given[key]);`
}

/** A script to test alone. */
export type TestedScript = {
  source: string
  evaluatorVersion: string
  outcomes: readonly string[]
  /** Shared state before it runs. */
  shared: JsonObject
}

/** Name of the journey around a tested script, and of its node. */
export const scriptJourney = 'Tested script'

/** Adds a journey that runs a script with this state. */
export function withTestedScript(bundle: Bundle, tested: TestedScript): Bundle {
  const { source, evaluatorVersion, outcomes, shared } = tested
  const given = `${sharing(shared)} outcome = 'done'`
  const scripts = [
    scriptOf('given state', 'given state', given),
    scriptOf('tested script', 'tested script', source, evaluatorVersion),
  ]
  const ids = { given: 'given-state', tested: 'tested-script' }
  const placed = (displayName: string, connections: Record<string, string>) => ({
    nodeType: decision,
    version: '1.0',
    displayName,
    connections,
  })
  const [first] = outcomes
  const ends = Object.fromEntries(outcomes.map((each) => [each, each === first ? successId : failureId]))
  const journey = journeyDocumentSchema.parse({
    _id: scriptJourney,
    entryNodeId: ids.given,
    nodes: {
      [ids.given]: placed('Given state', { done: ids.tested }),
      [ids.tested]: placed(scriptJourney, ends),
    },
  })
  return {
    ...bundle,
    journeys: [...bundle.journeys, journey],
    scripts: [...bundle.scripts, ...scripts],
    nodes: [
      ...bundle.nodes,
      decisionNode(ids.given, 'given state', ['done']),
      decisionNode(ids.tested, 'tested script', outcomes),
    ],
  }
}
