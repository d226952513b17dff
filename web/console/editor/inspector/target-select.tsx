import { Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type OutcomeRef, startOutcome, targetOf } from '../model/connect.ts'
import { failureId, isInJourney, startId, successId } from '../model/draft.ts'

type Props = { source: OutcomeRef; target: string | undefined; label: string; isDangling?: boolean }

export function TargetSelect({ source, target, label, isDangling = false }: Props) {
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const data = useMemo(() => {
    const nodes = [...nodeViews.values()]
      .filter(({ id }) => id !== source.from)
      .map(({ id, name }) => ({ value: id, label: name }))
    const ends = [
      { value: successId, label: 'Success' },
      { value: failureId, label: 'Failure' },
    ]
    return [
      { group: 'Ends', items: ends },
      { group: 'Nodes', items: nodes },
    ]
  }, [nodeViews, source.from])
  const chosen = data.flatMap(({ items }) => items).find(({ value }) => value === target)?.label ?? ''
  const [typed, setTyped] = useState(chosen)
  return (
    <Select
      size="xs"
      className={target === undefined ? 'target nowhere' : 'target'}
      aria-label={source.from === startId ? 'First node' : label}
      searchable
      // Typing replaces the name and chooses the first match, so that Enter takes it.
      selectFirstOptionOnChange
      onFocus={({ currentTarget }) => currentTarget.select()}
      searchValue={typed}
      onSearchChange={setTyped}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setTyped(chosen)
      }}
      clearable
      disabled={isReadOnly}
      data={data}
      value={target ?? null}
      placeholder={isDangling ? 'Missing node' : 'Not connected'}
      nothingFoundMessage="No matching node"
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      onChange={(chosen) => {
        const { connectTo, disconnectFrom } = store.getState()
        if (chosen === null) disconnectFrom(source)
        else connectTo(source, chosen)
      }}
    />
  )
}

/** The target of the start, which is the first node. */
export function EntrySelect() {
  const draft = useDraft()
  const target = targetOf(draft, startOutcome)
  const isDangling = target !== undefined && !isInJourney(draft, target)
  return (
    <TargetSelect
      source={startOutcome}
      target={isDangling ? undefined : target}
      label="First node"
      isDangling={isDangling}
    />
  )
}
