import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { lintedRealm } from '../../journeys/lint/linted-realm.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { connectionMutants } from './connection-mutants.ts'
import type { Mutant } from './mutant.ts'
import { scriptMutants } from './script-mutants.ts'
import { settingMutants } from './setting-mutants.ts'

/**
 * All mutants of a configuration, in an order that only the configuration decides. Nodes that the entry of their journey can't
 * reach have none.
 */
export function mutantsOf(bundle: Bundle): Mutant[] {
  const nothing = { forAgents: [], reports: new Map() }
  const typeNamed = typesWith(bundle.customNodeTypes)
  const realm = lintedRealm({ ...bundle, ...nothing, realm: '/', typeNamed })
  const journeys = bundle.journeys.flatMap(({ _id }) => realm.journey(_id) ?? [])
  return [
    ...journeys.flatMap((journey) => [...connectionMutants(journey), ...settingMutants(journey)]),
    ...scriptMutants(journeys, realm),
  ]
}
