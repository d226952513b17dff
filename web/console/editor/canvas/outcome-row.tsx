import { IconCheck, IconX } from '@tabler/icons-react'
import { Handle, Position } from '@xyflow/react'
import { useEditor } from '../editor-context.tsx'
import { failureId, successId } from '../model/draft.ts'
import type { WayOut } from '../model/node-outcomes.ts'
import { handleOf } from './flow-nodes.ts'

/** A way out on its row, with the port that its line begins at. */
export function WayRow({ nodeId, way }: { nodeId: string; way: WayOut }) {
  const isChosen = useEditor(({ exit }) => exit?.from === nodeId && exit.outcome === way.id)
  const isTaken = useEditor(({ lit }) => lit?.nodes.get(nodeId)?.outcomes.has(way.id) ?? false)
  const names = [isChosen ? 'chosen' : '', isTaken ? 'took' : '', way.isStale ? 'stale' : '']
  return (
    <li className={names.filter((name) => name !== '').join(' ') || undefined}>
      <bdi title={way.isStale ? `${way.label}: the node has no such way out` : way.label}>{way.label}</bdi>
      <Handle id={handleOf(way.id)} type="source" position={Position.Right} className="port out" />
      <WayCap way={way} />
    </li>
  )
}

/** What stands on a port without a line: the way ends in failure, or leads nowhere. */
export function WayCap({ way }: { way: WayOut }) {
  if (way.target === failureId) {
    return (
      <span className="cap bad" title="Failure">
        <IconX size={11} stroke={2.75} aria-hidden />
        <span className="spoken">, to Failure</span>
      </span>
    )
  }
  if (way.target === successId) {
    return (
      <span className="spoken">
        <IconCheck size={11} aria-hidden />, to Success
      </span>
    )
  }
  if (way.target !== undefined) return null
  return (
    <span
      className="cap none"
      title={way.isDangling ? 'Leads to a node that is not there' : 'Leads nowhere yet'}
    >
      !
      <span className="spoken">
        , {way.isDangling ? 'leads to a node that is not there' : 'leads nowhere yet'}
      </span>
    </span>
  )
}
