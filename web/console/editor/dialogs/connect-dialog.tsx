import './connect-dialog.css'
import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type Exit, targetOf } from '../model/connect.ts'
import { failureId, startId, successId } from '../model/draft.ts'
import { Sheet } from './editor-sheet.tsx'

const newPrefix = 'new '
const nowhere = 'nowhere'

/** Where a way out shall lead: type a name, press Enter. A node that is not there yet is made. */
export function ConnectDialog({ exit }: { exit: Exit }) {
  const store = useEditorStore()
  const faces = useEditor(({ faces }) => faces)
  const book = useEditor(({ book }) => book)
  const draft = useDraft()
  const face = faces.get(exit.from)
  const way = face?.ways.find(({ id }) => id === exit.outcome)
  const isConnected = targetOf(draft, exit) !== undefined
  const data = useTargets(exit, isConnected)
  const choose = (chosen: string | null) => {
    const { close, connectTo, disconnectFrom, add, control } = store.getState()
    close()
    if (chosen === null) return
    if (chosen === nowhere) {
      disconnectFrom(exit)
      return
    }
    const type = book.newest.find(({ type }) => newPrefix + type === chosen)
    if (type === undefined) connectTo(exit, chosen)
    else add(type, { kind: 'behind', exit })
    control?.focus()
    const shown = store.getState().selection.at(-1)
    if (shown !== undefined) control?.reveal(shown)
  }
  const name = exit.from === startId ? 'The journey' : (face?.name ?? nameOfEnd(exit.from))
  return (
    <Sheet title={isConnected ? 'Connect elsewhere' : 'Connect'}>
      <Select
        className="connect-to"
        label={
          exit.from === startId
            ? 'The journey begins with'
            : face?.isNameless
              ? `${name} goes on to`
              : `“${way?.label ?? exit.outcome}” of ${name} leads to`
        }
        data-autofocus
        searchable
        selectFirstOptionOnChange
        defaultDropdownOpened
        maxDropdownHeight={280}
        data={data}
        value={null}
        placeholder="Type a name"
        nothingFoundMessage="No node of this name"
        comboboxProps={{ withinPortal: true, zIndex: 400 }}
        onChange={choose}
      />
    </Sheet>
  )
}

/** Everything that a way out can lead to. */
function useTargets(exit: Exit, isConnected: boolean) {
  const faces = useEditor(({ faces }) => faces)
  const book = useEditor(({ book }) => book)
  return useMemo(() => {
    const nodes = [...faces.values()].filter(({ id }) => id !== exit.from)
    return [
      {
        group: 'Ends',
        items: [
          ...[successId, failureId].map((id) => ({ value: id, label: nameOfEnd(id) })),
          ...(isConnected ? [{ value: nowhere, label: 'Nowhere' }] : []),
        ],
      },
      { group: 'Nodes', items: nodes.map(({ id, name }) => ({ value: id, label: name })) },
      {
        group: 'New node',
        items: book.newest.map(({ type, title }) => ({ value: newPrefix + type, label: `New ${title}` })),
      },
    ]
  }, [faces, book, exit.from, isConnected])
}
