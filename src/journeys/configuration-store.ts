import type { SaveMark } from '../base/save-mark.ts'
import type { Awaitable } from '../base/work.ts'
import type { EsvVariable } from '../esvs/esv.ts'
import type { CustomNodeType } from '../nodes/custom-node-type.ts'
import type { ClientToWrite } from '../oauth/oauth-store.ts'
import type { RealmDocument } from '../realms/document-store.ts'
import type { Realm } from '../realms/realm.ts'
import type { Script } from '../scripts/script.ts'
import type { JourneyDocument, NodeDocument } from './journey-document.ts'

/** The change of an import, saved as one unit. Each part is created or replaced by its id. */
export type ConfigurationChange = {
  journeys: readonly JourneyDocument[]
  nodes: readonly NodeDocument[]
  scripts: readonly Script[]
  customNodeTypes: readonly CustomNodeType[]
  documents: readonly RealmDocument[]
}

/** The last save of a journey, whichever request made it. */
export type JourneySave = {
  journey: string
  count: number
  /** Epoch milliseconds. */
  at: number | undefined
  by: { id: string; name: string } | undefined
}

/** Options of a change that is saved as one unit. */
export type SaveContext = {
  mark?: SaveMark
  /** Unchanged journeys whose nodes change. */
  alsoSaved?: readonly string[]
  /** The draft that this change publishes, and its revision. Deleted in the same unit. */
  published?: { journey: string; revision: string }
  /** The realm with new settings. Saved in the same unit, if the realm still exists. */
  realm?: Realm
  /** Variables of all realms. Saved in the same unit, if they are as new or old as they say. */
  variables?: readonly (EsvVariable & { isNew: boolean })[]
  /** OAuth2 clients. Saved in the same unit, if the stored ones are still as they were read. */
  clients?: readonly ClientToWrite[]
  /** Deleted in the same unit. */
  removed?: Partial<Record<'journeys' | 'nodes' | 'scripts' | 'customNodeTypes', readonly string[]>> & {
    documents?: RealmChange['removed']
  }
}

/** A change of one realm. Without `realm`, its settings stay. */
export type RealmChange = {
  path: string
  realm?: Realm
  documents: readonly RealmDocument[]
  removed?: readonly Pick<RealmDocument, 'kind' | 'id'>[]
}

/** Stores the configuration of journeys. Every write increments the configuration version. */
export interface ConfigurationStore {
  /** Incremented by every change of journeys, nodes, scripts, custom node types and realms, on any server. */
  version(): Awaitable<number>
  journeys(realm: string): Promise<JourneyDocument[]>
  journey(realm: string, name: string): Promise<JourneyDocument | undefined>
  /** Ordered by name. */
  saves(realm: string): Promise<JourneySave[]>
  /** @returns whether it is new. */
  saveJourney(realm: string, journey: JourneyDocument, mark?: SaveMark): Promise<boolean>
  removeJourney(realm: string, name: string, mark?: SaveMark): Promise<boolean>
  /** All nodes of a realm, or those of one type. */
  nodes(realm: string, type?: string): Promise<NodeDocument[]>
  node(realm: string, id: string): Promise<NodeDocument | undefined>
  /** Counts as a save of every journey with this node. @returns whether the node is new. */
  saveNode(realm: string, node: NodeDocument, mark?: SaveMark): Promise<boolean>
  /** Counts as a save of every journey with this node. */
  removeNode(realm: string, id: string, mark?: SaveMark): Promise<boolean>
  /**
   * Saves everything as one unit, and increments the version once.
   *
   * @param expectedVersion the version that the plan is based on.
   * @returns `changed` if the version or the published draft has changed since, `name` if a name is taken. Then nothing was saved.
   */
  saveAll(
    realm: string,
    change: ConfigurationChange,
    expectedVersion: number,
    around?: SaveContext,
  ): Promise<'saved' | 'changed' | 'name'>
  /**
   * Saves settings and documents of several realms as one unit.
   * @returns false if the version has changed since, or a realm was removed. Then nothing was saved.
   */
  saveRealms(changes: readonly RealmChange[], expectedVersion: number, mark?: SaveMark): Promise<boolean>
}
