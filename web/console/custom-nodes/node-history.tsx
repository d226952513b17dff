import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { HistoryButton } from '../history/draft-history.tsx'
import { HistorySheet } from '../history/history-sheet.tsx'
import type { EditedDraft } from './use-draft.ts'

type Props = { realm: string; hand: EditedDraft; onRestored: (() => unknown) | undefined }

/** Opens the history of the node type in the designer. A restore discards the draft. */
export function NodeHistory({ realm, hand, onRestored }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const { serviceName, name } = hand.draft
  const showRestored = async () => {
    hand.done()
    await queries.invalidateQueries({ queryKey: ['custom-nodes'], exact: true })
    await queries.invalidateQueries({ queryKey: ['node-types'] })
    await onRestored?.()
  }
  return (
    <>
      <HistoryButton onClick={() => setOpen(true)} />
      {isOpen && (
        <HistorySheet
          realm={realm}
          thing={{ kind: 'customNodeType', id: serviceName }}
          name={name}
          unsaved={hand.isChanged ? 'lost' : undefined}
          onRestored={showRestored}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
