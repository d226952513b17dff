import type { CustomNodeType } from '../nodes/custom-node-type.ts'
import type { RealmDocument } from '../realms/document-store.ts'
import type { Script } from '../scripts/script.ts'
import type { JourneyDocument, NodeDocument } from './journey-document.ts'

/** What an import writes: all of it or nothing. Each part creates or replaces by its id. */
export type ConfigurationChange = {
  journeys: readonly JourneyDocument[]
  nodes: readonly NodeDocument[]
  scripts: readonly Script[]
  customNodeTypes: readonly CustomNodeType[]
  documents: readonly RealmDocument[]
}

/** Who saves, and when (epoch milliseconds). Names are kept as they are now. */
export type SaveMark = { at: number; by?: { id: string; name: string } | undefined }

/** What is known of how a journey was saved, through whatever call. */
export type JourneySave = {
  journey: string
  /** How often. */
  count: number
  /** Epoch milliseconds. */
  at: number | undefined
  by: { id: string; name: string } | undefined
}

/** What goes with a change that is saved as a whole. */
export type ChangeSurroundings = {
  mark?: SaveMark
  /** Journeys whose nodes change though they do not. */
  alsoSaved?: readonly string[]
  /** Goes in the same unit. */
  removed?: { journeys?: readonly string[]; nodes?: readonly string[] }
}

/** What journeys ask of storage for their configuration. Every write counts the configuration version up. */
export interface ConfigurationStore {
  /** Counts up with every change of journeys, nodes, scripts, custom node types and realms, on any server. */
  version(): Promise<number>
  journeys(realm: string): Promise<JourneyDocument[]>
  journey(realm: string, name: string): Promise<JourneyDocument | undefined>
  /** By name. */
  saves(realm: string): Promise<JourneySave[]>
  /** @returns whether it is new. */
  saveJourney(realm: string, journey: JourneyDocument, mark?: SaveMark): Promise<boolean>
  removeJourney(realm: string, name: string): Promise<boolean>
  /** All node settings of a realm, or those of one type. */
  nodes(realm: string, type?: string): Promise<NodeDocument[]>
  node(realm: string, id: string): Promise<NodeDocument | undefined>
  /** Counts as a save of every journey that has the node. @returns whether it is new. */
  saveNode(realm: string, node: NodeDocument, mark?: SaveMark): Promise<boolean>
  /** Counts as a save of every journey that has the node. */
  removeNode(realm: string, id: string, mark?: SaveMark): Promise<boolean>
  /**
   * Saves everything in one unit, and counts the version up once.
   *
   * @param expectedVersion the version that the change was planned against.
   * @returns `changed` when the version is another by now, `name` when a name belongs to something else; then
   * nothing was saved.
   */
  saveAll(
    realm: string,
    change: ConfigurationChange,
    expectedVersion: number,
    around?: ChangeSurroundings,
  ): Promise<'saved' | 'changed' | 'name'>
}
