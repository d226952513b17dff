import { scriptedDecision } from '../nodes/utilities/scripted-decision.ts'
import type { ConfigurationStore } from './configuration-store.ts'
import { outcomesByScript } from './lint/linted-realm.ts'

/** Outcomes of all nodes of a realm that run a script; undefined if no node runs it. */
export async function outcomesInUse(
  configuration: Pick<ConfigurationStore, 'nodes'>,
  realm: string,
  scriptId: string,
): Promise<readonly string[] | undefined> {
  const nodes = await configuration.nodes(realm, scriptedDecision.type)
  const found = outcomesByScript(nodes).get(scriptId)
  return found && [...found]
}
