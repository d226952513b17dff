import { IconGripVertical } from '@tabler/icons-react'
import type { DragEvent, MouseEvent } from 'react'
import { Fragment } from 'react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeView } from '../model/node-views.ts'
import { NodeTile } from '../node-tile.tsx'
import { NodeMark } from './change-mark.tsx'
import { startDrag } from './drag-data.ts'
import { NodeFlag } from './node-head.tsx'

/** The nodes on a page, with a gap where the dragged node would go. */
export function PageChildren({ pageId, childViews }: { pageId: string; childViews: readonly NodeView[] }) {
  const gap = useEditor(({ dropTarget }) =>
    dropTarget?.kind === 'page' && dropTarget.pageId === pageId ? dropTarget.gap : undefined,
  )
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <ol className="child-nodes stack gap-1" aria-label="On the page">
      {childViews.map((child, at) => (
        <Fragment key={child.id}>
          {gap === at && <li className="gap" aria-hidden="true" />}
          <PageChild child={child} at={at} />
        </Fragment>
      ))}
      {gap === childViews.length && <li className="gap" aria-hidden="true" />}
      {!isReadOnly && (
        <li className="slot stack place-center muted">
          {childViews.length === 0 ? 'Drop the first node here' : 'Drop a node here'}
        </li>
      )}
    </ol>
  )
}

function PageChild({ child, at }: { child: NodeView; at: number }) {
  const store = useEditorStore()
  const isSelected = useEditor(({ selection }) => selection.includes(child.id))
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const choose = (event: MouseEvent) => {
    event.stopPropagation()
    const { toggle, select } = store.getState()
    if (event.shiftKey || event.ctrlKey || event.metaKey) toggle(child.id)
    else select([child.id])
  }
  const drag = (event: DragEvent) => startDrag(event, { type: child.type, id: child.id })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas keys also select nodes on pages
    <li
      className={
        isSelected
          ? 'child-node chosen nodrag row gap-6px text-small'
          : 'child-node nodrag row gap-6px text-small'
      }
      draggable={!isReadOnly}
      onDragStart={drag}
      onClick={choose}
    >
      <IconGripVertical className="grip rigid faint" size={14} stroke={1.75} aria-hidden />
      <span className="order muted">{at + 1}</span>
      <NodeTile type={child.type} family={child.family} isSmall />
      <span className="words one-line grow">
        <bdi className="name medium">{child.name}</bdi> <bdi className="about muted">{child.subtitle}</bdi>
      </span>
      <NodeFlag ids={[child.id]} />
      <NodeMark id={child.id} />
    </li>
  )
}
