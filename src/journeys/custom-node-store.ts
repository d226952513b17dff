import type { CustomNodeType } from '../nodes/custom-node-type.ts'

/** What custom node types ask of storage. They are visible from all realms. */
export interface CustomNodeStore {
  all(): Promise<CustomNodeType[]>
  /** By service name. */
  read(serviceName: string): Promise<CustomNodeType | undefined>
  /** @returns false when the service name or the display name is taken. */
  create(type: CustomNodeType): Promise<boolean>
  /** @returns false when there is none, or another type has the display name. */
  replace(type: CustomNodeType): Promise<boolean>
  remove(serviceName: string): Promise<boolean>
}
