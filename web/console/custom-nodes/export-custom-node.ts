import type { CustomNode } from '../../api/custom-nodes.ts'
import { exportCustomNodes } from '../../api/custom-nodes.ts'
import { download } from '../components/download.ts'

/** Hands out one type as the vendor's tools export and import it. */
export async function exportCustomNode({ _id, displayName }: CustomNode): Promise<void> {
  download(`${displayName}.nodeType.json`, await exportCustomNodes([_id]))
}
