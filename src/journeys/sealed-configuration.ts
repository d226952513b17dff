import { isDeepStrictEqual } from 'node:util'
import { defined } from '../base/defined.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { fieldsOf } from '../nodes/node-schema.ts'
import { effectiveSetting, placesOfSecret, secretSettingsNamed } from '../nodes/secret-settings.ts'
import { withoutCredentials } from '../realms/kept-document.ts'
import { sealedDocument } from '../realms/sealed-documents.ts'
import { sealedRealm } from '../realms/sealed-realms.ts'
import { changedPlaces, MovedSecret, type OnMoved, refuseMoved } from '../secrets/moved-secret.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isOmitted, isSealed, sealValue } from '../secrets/sealed-value.ts'
import type { ConfigurationStore, RealmChange } from './configuration-store.ts'
import type { NodeDocument } from './journey-document.ts'

/** Seals the secrets of every saved node, document and realm. Reads return them sealed. */
export function sealedConfiguration(store: ConfigurationStore, sealer: Sealer): ConfigurationStore {
  return {
    ...store,
    saveNode: (realm, node, mark) => store.saveNode(realm, sealedNode(node, sealer), mark),
    saveAll: (realm, change, expectedVersion, { realm: saved, ...around } = {}) => {
      const nodes = change.nodes.map((node) => sealedNode(node, sealer))
      const documents = change.documents.map((document) => sealedDocument(document, sealer))
      return store.saveAll(
        realm,
        {
          ...change,
          nodes,
          // rule R9: otherwise the documents of an import are stored as they are
          documents,
        },
        expectedVersion,
        {
          ...around,
          ...defined({
            // rule R9: otherwise the settings of an import are stored as they are
            realm: saved && sealedRealm(saved, sealer),
          }),
        },
      )
    },
    saveRealms: (changes, expectedVersion, mark) =>
      store.saveRealms(
        changes
          // rule R9: otherwise changes of several realms are stored as they are
          .map((change) => sealedChange(change, sealer)),
        expectedVersion,
        mark,
      ),
  }
}

function sealedChange(change: RealmChange, sealer: Sealer): RealmChange {
  const documents = change.documents.map((document) => sealedDocument(document, sealer))
  return { ...change, documents, ...defined({ realm: change.realm && sealedRealm(change.realm, sealer) }) }
}

/** A node with sealed secrets; the same object if they are sealed already. */
export function sealedNode(node: NodeDocument, sealer: Sealer): NodeDocument {
  if (isStandIn(node)) return withoutUnusedSecrets(node)
  const config = { ...node.config }
  for (const name of secretsOf(node)) {
    const value = config[name]
    if (value !== undefined) config[name] = sealValue(sealer, value)
  }
  return isSame(config, node.config) ? node : { ...node, config }
}

/**
 * Adds the stored secrets that a node to save doesn't contain, so that writing back a node or importing an export loses
 * none. An empty text deletes a secret. A secret whose place changed isn't added, and `onMoved` gets it: by default the write is
 * refused.
 * @throws MovedSecret
 */
export function withStoredSecrets(
  node: NodeDocument,
  stored: NodeDocument | undefined,
  onMoved: OnMoved = refuseMoved,
): NodeDocument {
  if (stored === undefined || stored.type !== node.type) return node
  const config = { ...node.config }
  for (const name of secretsOf(node)) {
    const existing = stored.config[name]
    if (!isSealed(existing) || !isOmitted(config[name])) continue
    const moved = movedSecret(name, node, stored)
    // rule R10: otherwise a stored secret follows its node to another address
    if (moved === undefined) config[name] = existing
    else onMoved(moved)
  }
  return isSame(config, node.config) ? node : { ...node, config }
}

/** Compares where both nodes send a secret. Versions of a type can name places differently. */
function movedSecret(secret: string, node: NodeDocument, stored: NodeDocument): MovedSecret | undefined {
  const [before, after] = [stored, node].map(({ type, version, config }) => {
    const known = nodeTypeNamed(type, version)
    return {
      known,
      places: placesOfSecret(known, secret, config),
      valueOf: (name: string) => effectiveSetting(known, name, config),
    }
  })
  if (before === undefined || after === undefined) return undefined
  // rule R10: otherwise another version of a type has a secret sent to places that it doesn’t name
  const places = [...new Set([...before.places, ...after.places])]
  const changed = changedPlaces(places, before.valueOf, after.valueOf)
  if (changed.length === 0) return undefined
  const title = (name: string) => (after.known && fieldsOf(after.known)[name]?.meta()?.title) ?? name
  return new MovedSecret(secret, changed.map(title), title(secret))
}

/** Like {@link withStoredSecrets}, for several nodes. */
export function withSecretsOf(
  nodes: readonly NodeDocument[],
  stored: readonly NodeDocument[],
  onMoved: (moved: MovedSecret, node: NodeDocument) => void,
): NodeDocument[] {
  const byId = new Map(stored.map((node) => [node.id, node]))
  return nodes.map((node) => withStoredSecrets(node, byId.get(node.id), (moved) => onMoved(moved, node)))
}

/**
 * A node as it is stored if it can't run here: nothing would ever use its secrets, so they become null, at any depth. Other nodes
 * stay the same object.
 */
export function withoutUnusedSecrets(node: NodeDocument): NodeDocument {
  if (!isStandIn(node)) return node
  // rule S57: otherwise secrets of stand-ins are stored
  const config = withoutCredentials(node.config)
  return isDeepStrictEqual(config, node.config) ? node : { ...node, config }
}

function isStandIn({ type, version }: NodeDocument): boolean {
  return nodeTypeNamed(type, version)?.standIn !== undefined
}

/** Names of the secret settings of a node. */
function secretsOf(node: NodeDocument): readonly string[] {
  return isStandIn(node) ? [] : secretSettingsNamed(node.type, nodeTypeNamed(node.type, node.version))
}

function isSame(one: NodeDocument['config'], other: NodeDocument['config']): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
