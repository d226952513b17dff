import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { HistoryButton } from '../history/draft-history.tsx'
import { HistorySheet } from '../history/history-sheet.tsx'

type Props = {
  realm: string
  id: string
  name: string
  /** Whether the form has unsaved changes, which a restore discards. */
  isChanged: boolean
  onRestored: (() => unknown) | undefined
}

/** Opens the history of the script in the form. */
export function ScriptHistory({ realm, id, name, isChanged, onRestored }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const showRestored = async () => {
    await queries.invalidateQueries({ queryKey: ['scripts', realm], exact: true })
    await onRestored?.()
  }
  return (
    <>
      <HistoryButton onClick={() => setOpen(true)} />
      {isOpen && (
        <HistorySheet
          realm={realm}
          thing={{ kind: 'script', id }}
          name={name}
          unsaved={isChanged ? 'lost' : undefined}
          onRestored={showRestored}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
