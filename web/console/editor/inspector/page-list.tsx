import { Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { MoveButtons } from '../../components/move-buttons.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeView } from '../model/node-views.ts'
import { moveChild } from '../model/page-moves.ts'
import { NodeTile } from '../node-tile.tsx'

/** The nodes on a page, to reorder, delete and add. */
export function PageList({ page, childViews }: { page: NodeView; childViews: readonly NodeView[] }) {
  return (
    <section className="page-list" aria-label="Nodes on the page">
      <h3 className="text-note medium">On the page</h3>
      {childViews.length === 0 && <p className="fine">Empty. A page needs at least one node.</p>}
      <ol className="stack gap-1">
        {childViews.map((child, at) => (
          <PageRow key={child.id} page={page} child={child} at={at} count={childViews.length} />
        ))}
      </ol>
      <AddToPage page={page} />
    </section>
  )
}

function PageRow({ page, child, at, count }: { page: NodeView; child: NodeView; at: number; count: number }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const move = (by: -1 | 1) =>
    store.getState().change({
      label: 'Reorder nodes',
      apply: (draft) => moveChild(draft, child.id, page.id, by < 0 ? at - 1 : at + 2),
    })
  return (
    <li className="row">
      <button
        type="button"
        className="open bare hoverable row grow gap-2 text-note text-start"
        onClick={() => store.getState().select([child.id])}
      >
        <NodeTile type={child.type} family={child.family} isSmall />
        <bdi className="one-line">{child.name}</bdi>
      </button>
      {!isReadOnly && (
        <>
          <MoveButtons name={child.name} at={at} count={count} onMove={move} />
          <IconButton
            label={`Delete ${child.name}`}
            icon={IconTrash}
            onClick={() => store.getState().remove([child.id])}
          />
        </>
      )}
    </li>
  )
}

function AddToPage({ page }: { page: NodeView }) {
  const store = useEditorStore()
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const data = useMemo(
    () =>
      catalogue.categories
        .map(({ id, title }) => ({
          group: title,
          items: catalogue.newest
            .filter(({ category, type }) => category === id && catalogue.fitsOnPage(type))
            .map(({ type, title }) => ({ value: type, label: title })),
        }))
        .filter(({ items }) => items.length > 0),
    [catalogue],
  )
  return (
    <Select
      size="xs"
      aria-label="Add a node to the page"
      placeholder="Add a node to the page"
      searchable
      data={data}
      value={null}
      nothingFoundMessage="No matching node type"
      onChange={(chosen) => {
        const type = catalogue.newest.find((each) => each.type === chosen)
        if (type !== undefined) store.getState().add(type, { kind: 'page', pageId: page.id })
      }}
    />
  )
}
