import { scriptedDecision } from '../nodes/utilities/scripted-decision.ts'
import type { ConfigurationStore } from './configuration-store.ts'
import type { DraftStore } from './drafts/draft-store.ts'
import { outcomesByScript } from './lint/linted-realm.ts'

type Sources = { configuration: Pick<ConfigurationStore, 'nodes'>; drafts: Pick<DraftStore, 'all'> }

/** Outcomes of all nodes of a realm that run a script, also in drafts; undefined if no node runs it. */
export async function outcomesInUse(
  { configuration, drafts }: Sources,
  realm: string,
  scriptId: string,
): Promise<readonly string[] | undefined> {
  const published = await configuration.nodes(realm, scriptedDecision.type)
  const drafted = (await drafts.all(realm)).flatMap(({ nodes }) => [...nodes.values()])
  const running = drafted.filter(({ type }) => type === scriptedDecision.type)
  const found = outcomesByScript([...published, ...running]).get(scriptId)
  return found && [...found]
}
