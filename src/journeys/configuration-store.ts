import type { JourneyDocument, NodeDocument } from './journey-document.ts'

/** What journeys ask of storage for their configuration. Every write counts the configuration version up. */
export interface ConfigurationStore {
  /** Counts up with every change of journeys, nodes, scripts, custom node types and realms, on any server. */
  version(): Promise<number>
  journeys(realm: string): Promise<JourneyDocument[]>
  journey(realm: string, name: string): Promise<JourneyDocument | undefined>
  /** @returns whether it is new. */
  saveJourney(realm: string, journey: JourneyDocument): Promise<boolean>
  removeJourney(realm: string, name: string): Promise<boolean>
  /** All node settings of a realm, or those of one type. */
  nodes(realm: string, type?: string): Promise<NodeDocument[]>
  node(realm: string, id: string): Promise<NodeDocument | undefined>
  /** @returns whether it is new. */
  saveNode(realm: string, node: NodeDocument): Promise<boolean>
  removeNode(realm: string, id: string): Promise<boolean>
}
