import type { DocumentStore } from '../../realms/document-store.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import type { ConfigurationChange, ConfigurationStore } from '../configuration-store.ts'
import type { CustomNodeStore } from '../custom-node-store.ts'

/** What a realm holds at one version of the configuration. */
export type RealmContent = ConfigurationChange & { version: number }

/** The stores that imports and exports work on. */
export type ExchangeStores = {
  configuration: ConfigurationStore
  scripts: ScriptStore
  customNodes: CustomNodeStore
  documents: DocumentStore
}

/** The version is read first: whatever changes meanwhile makes a plan stale, never wrong. */
export async function readRealm(stores: ExchangeStores, realm: string): Promise<RealmContent> {
  const version = await stores.configuration.version()
  const [journeys, nodes, scripts, customNodeTypes, documents] = await Promise.all([
    stores.configuration.journeys(realm),
    stores.configuration.nodes(realm),
    stores.scripts.all(realm),
    stores.customNodes.all(),
    stores.documents.all(realm),
  ])
  return { version, journeys, nodes, scripts, customNodeTypes, documents }
}

/** How often a realm is read again that somebody changes meanwhile. */
const maxReadings = 5

/** As {@link readRealm}, and of one moment: for what is shown and not written back under its version. */
export async function readSteadyRealm(stores: ExchangeStores, realm: string): Promise<RealmContent> {
  for (let reading = 1; ; reading++) {
    const content = await readRealm(stores, realm)
    const version = await stores.configuration.version()
    if (version === content.version || reading === maxReadings) return content
  }
}

/** The realm as it will be: what the bundle has takes the place of what the realm has. */
export function together(bundle: ConfigurationChange, realm: ConfigurationChange): ConfigurationChange {
  return {
    journeys: over(bundle.journeys, realm.journeys, ({ _id }) => _id),
    nodes: over(bundle.nodes, realm.nodes, ({ id }) => id),
    scripts: over(bundle.scripts, realm.scripts, ({ id }) => id),
    customNodeTypes: over(bundle.customNodeTypes, realm.customNodeTypes, ({ serviceName }) => serviceName),
    documents: over<ConfigurationChange['documents'][number]>(
      bundle.documents,
      realm.documents,
      ({ kind, id }) => `${kind}/${id}`,
    ),
  }
}

function over<Thing>(
  newer: readonly Thing[],
  older: readonly Thing[],
  idOf: (thing: Thing) => string,
): Thing[] {
  return [...new Map([...older, ...newer].map((thing) => [idOf(thing), thing])).values()]
}
