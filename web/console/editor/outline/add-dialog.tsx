import { TextInput } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { AboutType } from '../../node-types/about-type.tsx'
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
      <div className="add-types stack gap-3 above-3">
        {groups.map(({ title, types }) => (
          <section key={title} aria-label={title}>
            <h3 className="fine strong">{title}</h3>
            <ul>
              {types.map((type) => (
                <TypeLine key={type.type} type={type} onAdd={add} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </EditorSheet>
  )
}

/** A type with a button that opens its description: touch screens have no hover. */
function TypeLine({ type, onAdd }: { type: NodeType; onAdd(type: NodeType): void }) {
  const realm = useEditor(({ realm }) => realm)
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <div className="line row">
        <button
          type="button"
          className="bare hoverable row full-width text-start"
          onClick={() => onAdd(type)}
        >
          <NodeTile type={type.type} family={type.family} isSmall />
          <bdi>{type.title}</bdi>
        </button>
        <IconButton
          label={`About ${type.title}`}
          icon={IconInfoCircle}
          iconSize={18}
          size="lg"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
      </div>
      {isOpen && <AboutType realm={realm} type={type} />}
    </li>
  )
}
