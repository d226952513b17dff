import { isDeepStrictEqual } from 'node:util'
import type { SaveMark } from '../base/save-mark.ts'
import type { NodeSettings } from '../engine/journey.ts'
import type { ConfigurationStore } from '../journeys/configuration-store.ts'
import type { DraftStore } from '../journeys/drafts/draft-store.ts'
import { sealedDrafts } from '../journeys/drafts/sealed-drafts.ts'
import type { VersionStore } from '../journeys/history/version-store.ts'
import { nodeDocumentSchema } from '../journeys/journey-document.ts'
import { type Revision, revisionSchema } from '../journeys/revision.ts'
import { sealedConfiguration, sealedNode } from '../journeys/sealed-configuration.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { sealedDocument, sealedDocuments } from '../realms/sealed-documents.ts'
import { sealedRealms } from '../realms/sealed-realms.ts'
import type { StepStore } from '../runtime/step-store.ts'
import type { KeyRing, RingSealer } from '../secrets/key-ring.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

type Settings = {
  configuration: ConfigurationStore
  documents: DocumentStore
  drafts: DraftStore
  realms: RealmStore
}

type Stored = Settings & {
  steps: StepStore
  secrets: SecretStore
  versions: VersionStore
  scrub(): Promise<void>
}

/** How secrets are stored is not a new version. */
const sealing: SaveMark = { at: 0, cause: 'seal' }

/** Key of the stored mark that every stored setting has been checked. */
const doneMark = 'settings are sealed'

/** Seals and opens secret settings of nodes and documents. */
export function settingsSealer(keyRing: KeyRing): RingSealer {
  return keyRing.sealer('settings')
}

/** Wraps the stores so that secrets in settings are sealed before they are saved. */
export function withSealedSettings<All extends Settings>(stores: All, sealer: Sealer): All {
  return {
    ...stores,
    configuration: sealedConfiguration(stores.configuration, sealer),
    documents: sealedDocuments(stores.documents, sealer),
    drafts: sealedDrafts(stores.drafts, sealer),
    realms: sealedRealms(stores.realms, sealer),
  }
}

/**
 * Seals secrets that older versions stored in plain text, revisions included, and erases the old text from the database
 * files. Runs at every start before the server takes requests.
 */
export async function sealStoredSettings(stores: Stored, sealer: Sealer): Promise<void> {
  let hasChanged = false
  for (const { path } of await stores.realms.all()) {
    for (const node of await stores.configuration.nodes(path)) {
      if (sealedNode(node, sealer) === node) continue
      await stores.configuration.saveNode(path, node, sealing)
      hasChanged = true
    }
    for (const document of await stores.documents.all(path)) {
      if (isDeepStrictEqual(sealedDocument(document, sealer), document)) continue
      await stores.documents.save(path, document, sealing)
      hasChanged = true
    }
  }
  if (hasChanged || (await stores.secrets.read(doneMark)) === undefined) {
    hasChanged = (await sealRevisions(stores.steps, sealer)) || hasChanged
    // rule R9: otherwise secrets that an earlier version stored stay readable in the history
    hasChanged = (await sealVersions(stores, sealer)) || hasChanged
  }
  if (hasChanged) await stores.scrub()
  await stores.secrets.saveIfAbsent(doneMark, 'yes')
}

/** The history of nodes from before the secrets were sealed. */
async function sealVersions({ realms, versions }: Stored, sealer: Sealer): Promise<boolean> {
  let hasChanged = false
  for (const { path } of await realms.all()) {
    for (const state of await versions.withSecrets(path)) {
      if (state.kind !== 'node') continue
      const node = nodeDocumentSchema.parse(JSON.parse(state.content))
      const sealed = sealedNode(node, sealer)
      if (sealed === node) continue
      await versions.reseal(state, JSON.stringify(sealed))
      hasChanged = true
    }
  }
  return hasChanged
}

async function sealRevisions(steps: StepStore, sealer: Sealer): Promise<boolean> {
  let hasChanged = false
  for (const id of await steps.revisionIds()) {
    const content = await steps.revision(id)
    if (content === undefined) continue
    const revision = revisionSchema.parse(JSON.parse(content))
    const sealed = sealedRevision(revision, sealer)
    if (isDeepStrictEqual(sealed, revision)) continue
    await steps.replaceRevision(id, JSON.stringify(sealed))
    hasChanged = true
  }
  return hasChanged
}

/** Keeps the revision's id, which journey sessions refer to. */
function sealedRevision(revision: Revision, sealer: Sealer): Revision {
  const sealedIn = <Node extends NodeSettings>(nodes: Readonly<Record<string, Node>>): Record<string, Node> =>
    Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => {
        const { type, version, config } = node
        return [id, { ...node, config: sealedNode({ id, type, version, config }, sealer).config }]
      }),
    )
  const journeys = Object.entries(revision.journeys).map(
    ([name, journey]) =>
      [name, { ...journey, nodes: sealedIn(journey.nodes), children: sealedIn(journey.children) }] as const,
  )
  return { ...revision, journeys: Object.fromEntries(journeys) }
}
