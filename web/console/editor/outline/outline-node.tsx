import { Menu } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { IconButton, MoreMenu } from '../../components/icon-button.tsx'
import { aboutNode, NodeFlag } from '../canvas/node-head.tsx'
import { CopyLinkItem } from '../copy-link-item.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { writeToClipboard } from '../keyboard/clipboard.ts'
import type { CanvasNodeView, NodeView } from '../model/node-views.ts'
import { moveChild } from '../model/page-moves.ts'
import { NodeTile } from '../node-tile.tsx'
import { OutlineOutcome } from './outline-outcome.tsx'

export const OutlineNode = memo(function OutlineNode({ nodeView }: { nodeView: CanvasNodeView }) {
  const { id, name, children } = nodeView
  const realm = useEditor(({ realm }) => realm)
  const isSelected = useEditor(({ selection }) => selection.includes(id))
  const state = useEditor(({ highlight }) =>
    highlight === undefined ? '' : (highlight.nodes.get(id)?.state ?? 'off'),
  )
  const names = ['outline-node', isSelected ? 'chosen' : '', state].filter((each) => each !== '')
  return (
    <li className={names.join(' ')} aria-label={name} data-node={id}>
      <NodeLine nodeView={nodeView} />
      {children !== undefined && (
        <ol className="child-list stack" aria-label="On the page">
          {children.map((child, at) => (
            <ChildLine key={child.id} pageId={id} child={child} at={at} count={children.length} />
          ))}
        </ol>
      )}
      <ul className="to stack gap-2px text-note" aria-label="Outcomes">
        {nodeView.outcomes.map((outcome) => (
          <OutlineOutcome
            key={outcome.id}
            source={{ from: id, outcome: outcome.id }}
            outcome={outcome}
            label={nodeView.isPassThrough ? 'Next' : outcome.label}
          />
        ))}
      </ul>
      {nodeView.journey !== undefined && (
        <Link
          className="journey text-note"
          to="/journeys/$name"
          params={{ name: nodeView.journey }}
          search={{ realm }}
        >
          Open {nodeView.journey}
        </Link>
      )}
    </li>
  )
})

function NodeLine({ nodeView }: { nodeView: NodeView }) {
  const { id, name, type, family } = nodeView
  return (
    <header className="row gap-2">
      <NodeTile type={type} family={family} />
      <span className="words grow breaks">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <bdi className="fine block">{aboutNode(nodeView)}</bdi>
      </span>
      <NodeFlag ids={[id]} />
      <NodeActions id={id} name={name} />
    </header>
  )
}

type Child = { pageId: string; child: NodeView; at: number; count: number }

function ChildLine({ pageId, child, at, count }: Child) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isSelected = useEditor(({ selection }) => selection.includes(child.id))
  const to = (gap: number) =>
    store.getState().change({
      label: 'Reorder nodes',
      apply: (draft) => moveChild(draft, child.id, pageId, gap),
    })
  return (
    <li
      className={isSelected ? 'chosen row gap-6px text-note' : 'row gap-6px text-note'}
      data-node={child.id}
    >
      <span className="order fine">{at + 1}</span>
      <NodeTile type={child.type} family={child.family} isSmall />
      <span className="words grow breaks">
        <bdi>{child.name}</bdi> <bdi className="fine">{child.subtitle}</bdi>
      </span>
      <NodeFlag ids={[child.id]} />
      <NodeActions
        id={child.id}
        name={child.name}
        isOnPage
        onUp={at === 0 || isReadOnly ? undefined : () => to(at - 1)}
        onDown={at === count - 1 || isReadOnly ? undefined : () => to(at + 2)}
      />
    </li>
  )
}

type ActionsProps = {
  id: string
  name: string
  isOnPage?: boolean
  onUp?: (() => void) | undefined
  onDown?: (() => void) | undefined
}

function NodeActions({ id, name, isOnPage = false, onUp, onDown }: ActionsProps) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const { select, showInspector, duplicate, remove, removeFromPage } = store.getState()
  const openSettings = () => {
    select([id])
    showInspector(true)
  }
  return (
    <>
      <IconButton
        label={`Settings of ${name}`}
        icon={IconSettings}
        iconSize={18}
        size="lg"
        onClick={openSettings}
      />
      {!isReadOnly && (
        <MoreMenu label={`More for ${name}`} size="lg">
          {onUp !== undefined && <Menu.Item onClick={onUp}>Move up</Menu.Item>}
          {onDown !== undefined && <Menu.Item onClick={onDown}>Move down</Menu.Item>}
          {isOnPage && <Menu.Item onClick={() => removeFromPage(id)}>Move to canvas</Menu.Item>}
          <Menu.Item onClick={() => duplicate([id])}>Duplicate</Menu.Item>
          <Menu.Item onClick={() => writeToClipboard(store, [id])}>Copy</Menu.Item>
          <CopyLinkItem id={id} />
          <Menu.Item color="bad" onClick={() => remove([id])}>
            Delete {name}
          </Menu.Item>
        </MoreMenu>
      )}
    </>
  )
}
