import type { SaveMark } from '../base/save-mark.ts'
import type { CustomNodeType } from '../nodes/custom-node-type.ts'

/** Stores custom node types. All realms share them. */
export interface CustomNodeStore {
  all(): Promise<CustomNodeType[]>
  /** Ordered by service name. */
  read(serviceName: string): Promise<CustomNodeType | undefined>
  /** @returns false when the service name or the display name is taken. */
  create(type: CustomNodeType, mark?: SaveMark): Promise<boolean>
}
