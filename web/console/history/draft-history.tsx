import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { VersionedThing } from '../../api/versions.ts'
import type { Draft } from '../saving/use-draft.ts'
import { HistorySheet } from './history-sheet.tsx'

type Props = {
  realm: string
  thing: VersionedThing
  name: string
  draft: Draft
  /** The heading beside the button. */
  children?: ReactNode
}

/** The head of a form, with a button that opens the history of its document. A restore keeps the unsaved changes of the form. */
export function DraftHistory({ realm, thing, name, draft, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const showRestored = async () => {
    await draft.reload()
    await queries.invalidateQueries({ refetchType: 'none' })
  }
  return (
    <div className="history-row row wrap justify-between gap-2">
      {children}
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
    </div>
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
