import './note-node.css'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { NoteFlowNode } from './flow-nodes.ts'

/** A note of an author. Its text is plain. */
export const NoteNode = memo(function NoteNode({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  return (
    <div className={`note-node ${note.colour}${selected ? ' chosen' : ''}`} dir="auto">
      {note.text === '' ? 'Empty note' : note.text}
    </div>
  )
})
