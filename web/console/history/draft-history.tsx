import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { VersionedThing } from '../../api/versions.ts'
import type { Draft, DraftStorage } from '../saving/use-draft.ts'
import { HistorySheet } from './history-sheet.tsx'

type Props = {
  realm: string
  thing: VersionedThing
  name: string
  draft: Draft
  read: DraftStorage['read']
}

/** Opens the history of the document that a form edits. A restore keeps the unsaved changes of the form. */
export function DraftHistory({ realm, thing, name, draft, read }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const showRestored = async () => {
    draft.rebase(await read())
    await queries.invalidateQueries({ refetchType: 'none' })
  }
  return (
    <>
      <HistoryButton onClick={() => setOpen(true)} />
      {isOpen && (
        <HistorySheet
          realm={realm}
          thing={thing}
          name={name}
          unsaved={draft.changes.length > 0 ? 'kept' : undefined}
          onRestored={showRestored}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

export function HistoryButton({ onClick }: { onClick(): void }) {
  return (
    <Button
      className="history-button"
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconHistory size={16} stroke={1.75} aria-hidden />}
      onClick={onClick}
    >
      History
    </Button>
  )
}
