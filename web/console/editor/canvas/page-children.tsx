import { IconGripVertical } from '@tabler/icons-react'
import type { DragEvent, MouseEvent } from 'react'
import { Fragment } from 'react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { Face } from '../model/node-views.ts'
import { NodeTile } from '../node-tile.tsx'
import { startDrag } from './drag-data.ts'
import { NodeFlag } from './node-head.tsx'

/** The nodes on a page in their order, and the gap where one would be dropped. */
export function PageChildren({ pageId, kids }: { pageId: string; kids: readonly Face[] }) {
  const gap = useEditor(({ drop }) =>
    drop?.kind === 'page' && drop.pageId === pageId ? drop.gap : undefined,
  )
  return (
    <ol className="kids" aria-label="On the page">
      {kids.map((child, at) => (
        <Fragment key={child.id}>
          {gap === at && <li className="gap" aria-hidden="true" />}
          <PageChild child={child} at={at} />
        </Fragment>
      ))}
      {gap === kids.length && <li className="gap" aria-hidden="true" />}
      <li className="slot">{kids.length === 0 ? 'Drop the first node here' : 'Drop a node here'}</li>
    </ol>
  )
}

function PageChild({ child, at }: { child: Face; at: number }) {
  const store = useEditorStore()
  const isChosen = useEditor(({ selection }) => selection.includes(child.id))
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const choose = (event: MouseEvent) => {
    event.stopPropagation()
    const { toggle, select } = store.getState()
    if (event.shiftKey || event.ctrlKey || event.metaKey) toggle(child.id)
    else select([child.id])
  }
  const drag = (event: DragEvent) => startDrag(event, { type: child.type, id: child.id })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the canvas choose nodes on pages too
    <li
      className={isChosen ? 'kid chosen nodrag' : 'kid nodrag'}
      draggable={!isReadOnly}
      onDragStart={drag}
      onClick={choose}
    >
      <IconGripVertical className="grip" size={14} stroke={1.75} aria-hidden />
      <span className="order">{at + 1}</span>
      <NodeTile type={child.type} family={child.family} isSmall />
      <span className="words">
        <bdi className="name">{child.name}</bdi> <bdi className="about">{child.about}</bdi>
      </span>
      <NodeFlag ids={[child.id]} />
    </li>
  )
}
