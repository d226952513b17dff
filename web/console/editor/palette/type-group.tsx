import type { DragEvent } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { startDrag } from '../canvas/drag-data.ts'
import { NodeTile } from '../node-tile.tsx'

type Props = {
  title: string
  types: readonly NodeType[]
  listId: string
  /** Index of the group's first type in the whole list. */
  first: number
  active: NodeType | undefined
  onAdd(type: NodeType): void
}

/** The node types of one family. */
export function TypeGroup({ title, types, listId, first, active, onAdd }: Props) {
  const headId = `${listId}-${title.replaceAll(/\W/g, '-')}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be part of a listbox
    <div role="group" aria-labelledby={headId}>
      <div className="family" id={headId}>
        {title}
        <span className="count" aria-hidden="true">
          {types.length}
        </span>
      </div>
      {types.map((type, at) => (
        <TypeOption
          key={`${type.type} ${type.version}`}
          id={`${listId}-${first + at}`}
          type={type}
          isActive={type === active}
          onAdd={onAdd}
        />
      ))}
    </div>
  )
}

type Option = { id: string; type: NodeType; isActive: boolean; onAdd(type: NodeType): void }

function TypeOption({ id, type, isActive, onAdd }: Option) {
  const drag = (event: DragEvent) => startDrag(event, { type: type.type })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above the list
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the active option
    <div
      id={id}
      className="type"
      role="option"
      aria-selected={isActive}
      title={type.help}
      draggable
      onDragStart={drag}
      onClick={() => onAdd(type)}
    >
      <NodeTile type={type.type} family={type.family} isSmall />
      <bdi>{type.title}</bdi>
    </div>
  )
}
