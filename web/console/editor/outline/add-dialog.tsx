import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { EditorSheet } from '../dialogs/editor-sheet.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { groupTypes } from '../model/type-search.ts'
import { NodeTile } from '../node-tile.tsx'

/** The node types in a dialog, for the outline view. */
export function AddDialog({ onClose }: { onClose(): void }) {
  const store = useEditorStore()
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const recent = useEditor(({ recentTypes }) => recentTypes)
  const [text, setText] = useState('')
  const groups = groupTypes(catalogue, text, recent)
  const add = (type: NodeType) => {
    store.getState().add(type)
    onClose()
  }
  return (
    <EditorSheet title="Add a node" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const first = groups[0]?.types[0]
          if (text !== '' && first !== undefined) add(first)
        }}
      >
        <TextInput
          aria-label="Find a node"
          placeholder="Find a node"
          data-autofocus
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </form>
      <div className="add-types">
        {groups.map(({ title, types }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <ul>
              {types.map((type) => (
                <li key={type.type}>
                  <button type="button" onClick={() => add(type)}>
                    <NodeTile type={type.type} family={type.family} isSmall />
                    <bdi>{type.title}</bdi>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </EditorSheet>
  )
}
