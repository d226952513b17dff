import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { Exit } from '../model/connect.ts'
import { failureId, startId, successId } from '../model/draft.ts'

type Given = { exit: Exit; target: string | undefined; label: string; isDangling?: boolean }

/** Chooses where a way out leads: a node, an end, or nowhere. */
export function TargetSelect({ exit, target, label, isDangling = false }: Given) {
  const store = useEditorStore()
  const faces = useEditor(({ faces }) => faces)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const data = useMemo(() => {
    const nodes = [...faces.values()]
      .filter(({ id }) => id !== exit.from)
      .map(({ id, name }) => ({ value: id, label: name }))
    const ends = [
      { value: successId, label: 'Success' },
      { value: failureId, label: 'Failure' },
    ]
    return [
      { group: 'Ends', items: ends },
      { group: 'Nodes', items: nodes },
    ]
  }, [faces, exit.from])
  return (
    <Select
      size="xs"
      className={target === undefined ? 'target nowhere' : 'target'}
      aria-label={exit.from === startId ? 'Where the journey begins' : label}
      searchable
      clearable
      disabled={isReadOnly}
      data={data}
      value={target ?? null}
      placeholder={isDangling ? 'A node that is not there' : 'Nowhere yet'}
      nothingFoundMessage="No node of this name"
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      onChange={(chosen) => {
        const { connectTo, disconnectFrom } = store.getState()
        if (chosen === null) disconnectFrom(exit)
        else connectTo(exit, chosen)
      }}
    />
  )
}
