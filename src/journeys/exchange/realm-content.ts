import { defined } from '../../base/defined.ts'
import type { DocumentStore, RealmDocument } from '../../realms/document-store.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import type { ConfigurationChange, ConfigurationStore } from '../configuration-store.ts'
import type { CustomNodeStore } from '../custom-node-store.ts'
import { readTenant, type TenantContent, type TenantStores } from './tenant/tenant-content.ts'

/** The content of a realm at one version of the configuration. */
export type RealmContent = ConfigurationChange & {
  version: number
  /** Only for imports and exports of whole tenants. Without it, settings and variables stay. */
  tenant?: TenantContent
}

export type ExchangeStores = {
  configuration: ConfigurationStore
  scripts: ScriptStore
  customNodes: CustomNodeStore
  documents: DocumentStore
  /** Only for imports and exports of whole tenants. */
  tenant?: TenantStores
}

/**
 * Reads the version first, so that a concurrent change makes a plan stale instead of wrong.
 * @param kinds of documents to read; all by default
 */
export async function readRealm(
  stores: ExchangeStores,
  realm: string,
  kinds?: readonly string[],
): Promise<RealmContent> {
  const version = await stores.configuration.version()
  const [journeys, nodes, scripts, customNodeTypes, documents, tenant] = await Promise.all([
    stores.configuration.journeys(realm),
    stores.configuration.nodes(realm),
    stores.scripts.all(realm),
    stores.customNodes.all(),
    documentsOf(stores, realm, kinds),
    stores.tenant && readTenant(stores.tenant, realm),
  ])
  return { version, journeys, nodes, scripts, customNodeTypes, documents, ...defined({ tenant }) }
}

async function documentsOf(
  { documents }: ExchangeStores,
  realm: string,
  kinds: readonly string[] | undefined,
): Promise<RealmDocument[]> {
  if (kinds === undefined) return documents.all(realm)
  return (await Promise.all(kinds.map((kind) => documents.all(realm, kind)))).flat()
}

/** Maximum attempts after concurrent changes. */
const maxReadings = 5

/** Like {@link readRealm}, but consistent: for content that is shown and not written back. */
export async function readConsistentRealm(stores: ExchangeStores, realm: string): Promise<RealmContent> {
  for (let reading = 1; ; reading++) {
    const content = await readRealm(stores, realm)
    const version = await stores.configuration.version()
    if (version === content.version || reading === maxReadings) return content
  }
}

/** The realm after an import: things of the bundle replace those of the realm. */
export function mergedContent(bundle: ConfigurationChange, realm: ConfigurationChange): ConfigurationChange {
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
