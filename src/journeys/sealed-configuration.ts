import type { JsonObject } from '../engine/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { secretSettingsNamed, secretSettingsOf } from '../nodes/secret-settings.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isSealed, isUntold, labelIn, openValues, sealValue } from '../secrets/sealed-value.ts'
import type { ConfigurationStore } from './configuration-store.ts'
import type { NodeDocument } from './journey-document.ts'

/** Seals the secret settings of every node on its way into storage, whoever saves it. What is read stays sealed. */
export function sealedConfiguration(store: ConfigurationStore, sealer: Sealer): ConfigurationStore {
  return {
    ...store,
    saveNode: (realm, node, mark) => store.saveNode(realm, sealedNode(node, sealer), mark),
    saveAll: (realm, change, expectedVersion, around) => {
      const nodes = change.nodes.map((node) => sealedNode(node, sealer))
      return store.saveAll(realm, { ...change, nodes }, expectedVersion, around)
    },
  }
}

/** Opens sealed values, and finds those of the environment by their labels. */
export type SecretReader = { open: Sealer['open']; named(label: string): string | undefined }

/**
 * Settings for the node to run with.
 * @throws SealError for a secret of another installation.
 */
export function openedSettings(config: JsonObject, type: AnyNodeType, secrets: SecretReader): JsonObject {
  const opened = openValues(secrets, config)
  for (const name of secretSettingsOf(type)) {
    const label = labelIn(opened[name])
    if (label !== undefined) opened[name] = secrets.named(label) ?? null
  }
  return opened
}

/** A node with its secrets sealed; the same object when they are. */
export function sealedNode(node: NodeDocument, sealer: Sealer): NodeDocument {
  const config = { ...node.config }
  for (const name of secretsOf(node)) {
    const value = config[name]
    if (value !== undefined) config[name] = sealValue(sealer, value)
  }
  return isSame(config, node.config) ? node : { ...node, config }
}

/**
 * A node as it is to be saved: a secret that it does not tell is the one that is stored. Whoever reads a node, changes
 * something and writes it back, and whoever imports an export, loses none. An empty text takes a secret away.
 */
export function withStoredSecrets(node: NodeDocument, stored: NodeDocument | undefined): NodeDocument {
  if (stored === undefined || stored.type !== node.type) return node
  const config = { ...node.config }
  for (const name of secretsOf(node)) {
    const held = stored.config[name]
    if (isSealed(held) && isUntold(config[name])) config[name] = held
  }
  return isSame(config, node.config) ? node : { ...node, config }
}

/** As {@link withStoredSecrets}, of many. */
export function withSecretsOf(
  nodes: readonly NodeDocument[],
  stored: readonly NodeDocument[],
): NodeDocument[] {
  const byId = new Map(stored.map((node) => [node.id, node]))
  return nodes.map((node) => withStoredSecrets(node, byId.get(node.id)))
}

/** The names of the settings of a node that are secret. */
function secretsOf({ type, version }: NodeDocument): readonly string[] {
  return secretSettingsNamed(type, nodeTypeNamed(type, version))
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
