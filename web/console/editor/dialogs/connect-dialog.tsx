import './connect-dialog.css'
import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type OutcomeRef, targetOf } from '../model/connect.ts'
import { failureId, startId, successId } from '../model/draft.ts'
import { EditorSheet } from './editor-sheet.tsx'

const newPrefix = 'new '
const nowhere = 'nowhere'

/** Chooses the target of an outcome: an existing node, an end, or a new node. */
export function ConnectDialog({ source }: { source: OutcomeRef }) {
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const draft = useDraft()
  const nodeView = nodeViews.get(source.from)
  const outcome = nodeView?.outcomes.find(({ id }) => id === source.outcome)
  const isConnected = targetOf(draft, source) !== undefined
  const data = useTargets(source, isConnected)
  const choose = (chosen: string | null) => {
    const { closeDialog, connectTo, disconnectFrom, add, canvasControl } = store.getState()
    closeDialog()
    if (chosen === null) return
    if (chosen === nowhere) {
      disconnectFrom(source)
      return
    }
    const type = catalogue.newest.find(({ type }) => newPrefix + type === chosen)
    if (type === undefined) connectTo(source, chosen)
    else add(type, { kind: 'after', source })
    canvasControl?.focus()
    const shown = store.getState().selection.at(-1)
    if (shown !== undefined) canvasControl?.reveal(shown)
  }
  const name = source.from === startId ? 'The journey' : (nodeView?.name ?? nameOfEnd(source.from))
  return (
    <EditorSheet title={isConnected ? 'Change connection' : 'Connect'}>
      <Select
        className="connect-to"
        label={
          source.from === startId
            ? 'The journey starts with'
            : nodeView?.isPassThrough
              ? `${name} leads to`
              : `“${outcome?.label ?? source.outcome}” of ${name} leads to`
        }
        data-autofocus
        searchable
        selectFirstOptionOnChange
        defaultDropdownOpened
        maxDropdownHeight={280}
        data={data}
        value={null}
        placeholder="Type a name"
        nothingFoundMessage="No matching node"
        comboboxProps={{ withinPortal: true, zIndex: 400 }}
        onChange={choose}
      />
    </EditorSheet>
  )
}

function useTargets(source: OutcomeRef, isConnected: boolean) {
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  return useMemo(() => {
    const nodes = [...nodeViews.values()].filter(({ id }) => id !== source.from)
    return [
      {
        group: 'Ends',
        items: [
          ...[successId, failureId].map((id) => ({ value: id, label: nameOfEnd(id) })),
          ...(isConnected ? [{ value: nowhere, label: 'Not connected' }] : []),
        ],
      },
      { group: 'Nodes', items: nodes.map(({ id, name }) => ({ value: id, label: name })) },
      {
        group: 'New node',
        items: catalogue.newest.map(({ type, title }) => ({
          value: newPrefix + type,
          label: `New ${title}`,
        })),
      },
    ]
  }, [nodeViews, catalogue, source.from, isConnected])
}
