import type { DragEvent } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { startDrag } from '../canvas/drag-data.ts'
import { NodeTile } from '../node-tile.tsx'

export type TypeGroupProps = {
  title: string
  types: readonly NodeType[]
  listId: string
  /** Index of the group's first type in the whole list. */
  first: number
  active: NodeType | undefined
  /** Id of the help in the card of the active type. */
  describedBy: string | undefined
} & Handlers

type Handlers = {
  onAdd(type: NodeType): void
  /** The pointer is on the row of a type. */
  onRest(type: NodeType, row: Element): void
  /** A long press of a finger. */
  onShow(type: NodeType, row: Element): void
  onLeave(): void
  /** Pressing a row may begin a drag: the card would cover the canvas. */
  onPress(): void
}

/** The node types of one category. */
export function TypeGroup({ title, types, listId, first, active, describedBy, ...handlers }: TypeGroupProps) {
  const headId = `${listId}-${title.replaceAll(/\W/g, '-')}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be part of a listbox
    <div role="group" aria-labelledby={headId}>
      <div className="family fine flex strong" id={headId}>
        {title}
        <span className="count push-end regular" aria-hidden="true">
          {types.length}
        </span>
      </div>
      {types.map((type, at) => (
        <TypeOption
          key={`${type.type} ${type.version}`}
          id={`${listId}-${first + at}`}
          type={type}
          isActive={type === active}
          describedBy={type === active ? describedBy : undefined}
          {...handlers}
        />
      ))}
    </div>
  )
}

type Option = { id: string; type: NodeType; isActive: boolean; describedBy: string | undefined } & Handlers

function TypeOption({ id, type, isActive, describedBy, ...on }: Option) {
  const drag = (event: DragEvent) => startDrag(event, { type: type.type })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above the list
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the active option
    <div
      id={id}
      className="type hoverable row text-note"
      role="option"
      aria-selected={isActive}
      aria-describedby={describedBy}
      draggable
      onPointerEnter={({ currentTarget, pointerType }) => {
        if (pointerType === 'mouse') on.onRest(type, currentTarget)
      }}
      // A finger leaves the row when it is lifted, which must not close the card of a long press.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && on.onLeave()}
      onPointerDown={on.onPress}
      onContextMenu={(event) => {
        if (!isTouch(event.nativeEvent)) return
        event.preventDefault()
        on.onShow(type, event.currentTarget)
      }}
      onDragStart={drag}
      onClick={() => on.onAdd(type)}
    >
      <NodeTile type={type.type} family={type.family} isSmall />
      <bdi className="one-line shrink">{type.title}</bdi>
    </div>
  )
}

function isTouch(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch'
}
