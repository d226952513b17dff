import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { discardDraft } from '../../../api/journey-drafts.ts'
import type { JourneyRow } from '../../../api/journeys.ts'
import { ConfirmSheet } from '../../components/confirm-sheet.tsx'

type Props = { realm: string; row: JourneyRow; onClose(): void }

/** Asks before the draft of a journey that was never published is discarded. */
export function DiscardDraftDialog({ realm, row: { _id, _rev }, onClose }: Props) {
  const queries = useQueryClient()
  return (
    <ConfirmSheet
      title={`Discard the draft of ${_id}?`}
      errorTitle="The draft was not discarded"
      confirmLabel="Discard draft"
      cancelLabel="Keep draft"
      onConfirm={() => discardDraft(realm, _id, _rev)}
      onDone={() => {
        void queries.invalidateQueries({ queryKey: ['journeys', realm] })
        onClose()
      }}
      onClose={onClose}
    >
      <Text>This journey was never published, so nothing of it is left.</Text>
    </ConfirmSheet>
  )
}
