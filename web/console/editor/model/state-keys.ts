import type { NodeKeys, OutcomeQuery } from '../../../api/node-types.ts'
import { type Draft, nodeOf, ownSettings, settingsOf, versionOf } from './draft.ts'
import type { NodeTypeCatalogue } from './node-type-catalogue.ts'
import { childrenOf } from './page-children.ts'

/** The state keys that nodes read and write with their current settings, by node id. */
export type StateKeys = ReadonlyMap<string, NodeKeys>

/** A node whose state keys the server derives from its settings. */
export type KeyQuery = OutcomeQuery & { id: string }

/** All nodes of known types, on the canvas and on pages. */
export function keyQueries(draft: Draft, catalogue: NodeTypeCatalogue): KeyQuery[] {
  const places = Object.keys(draft.tree.nodes).flatMap((id) => [
    {
      id,
      type: nodeOf(draft, id)?.nodeType ?? '',
      version: versionOf(settingsOf(draft, id), nodeOf(draft, id)),
    },
    ...childrenOf(draft, id),
  ])
  return places
    .filter(({ type, version }) => catalogue.find(type, version)?.isSupported)
    .map(({ id, type, version }) => ({ id, type, version, settings: ownSettings(settingsOf(draft, id)) }))
}

/** Nodes with invalid settings, and those that the server was not asked about yet, have the keys of their type. */
export function stateKeysFrom(
  queries: readonly KeyQuery[],
  answers: StateKeys,
  catalogue: NodeTypeCatalogue,
): StateKeys {
  return new Map(
    queries.map(({ id, type, version }) => {
      const known = answers.get(id) ?? catalogue.find(type, version)
      return [id, { reads: known?.reads ?? [], writes: known?.writes ?? [] }]
    }),
  )
}

/** The state keys that any node may write, sorted. */
export function writtenKeys(stateKeys: StateKeys): string[] {
  const keys = [...stateKeys.values()].flatMap(({ writes }) => writes).filter((key) => key !== '*')
  return [...new Set(keys.toSorted())]
}

/** Ids of the nodes that may write a state key. */
export function writersOf(key: string, stateKeys: StateKeys): string[] {
  return [...stateKeys].flatMap(([id, { writes }]) => (writes.includes(key) ? [id] : []))
}
