import { useQueryClient } from '@tanstack/react-query'
import { HistorySheet } from '../../history/history-sheet.tsx'
import { ImportDialog } from '../import/import-dialog.tsx'
import { NewJourneyDialog } from '../new-journey-dialog.tsx'
import type { ActionResult } from './action-notice.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { DiscardDraftDialog } from './discard-draft-dialog.tsx'
import { DuplicateDialog } from './duplicate-dialog.tsx'
import type { ActionHandlers, JourneyAction } from './journey-action.ts'
import { MakeDefaultDialog } from './make-default-dialog.tsx'
import { TurnOffDialog } from './turn-off-dialog.tsx'

type Props = {
  realm: string
  action: JourneyAction
  handlers: ActionHandlers
  onResult(result: ActionResult | undefined): void
  onClose(): void
}

/** The dialog for the chosen action. */
export function ActionDialog({ realm, action, handlers, onResult, onClose }: Props) {
  const queries = useQueryClient()
  switch (action.kind) {
    case 'new':
      return <NewJourneyDialog realm={realm} onClose={onClose} />
    case 'import':
      return <ImportDialog realm={realm} first={action.files} onImported={onResult} onClose={onClose} />
    case 'duplicate':
      return <DuplicateDialog realm={realm} name={action.row._id} onClose={onClose} />
    case 'history':
      return (
        <HistorySheet
          realm={realm}
          thing={{ kind: 'journey', id: action.row._id }}
          name={action.row._id}
          onRestored={() => queries.invalidateQueries({ queryKey: ['journeys', realm] })}
          onClose={onClose}
        />
      )
    case 'delete':
      return <DeleteDialog realm={realm} row={action.row} handlers={handlers} onClose={onClose} />
    case 'discard':
      return <DiscardDraftDialog realm={realm} row={action.row} onClose={onClose} />
    case 'turn-off':
      return <TurnOffDialog realm={realm} row={action.row} handlers={handlers} onClose={onClose} />
    case 'make-default':
      return <MakeDefaultDialog realm={realm} row={action.row} onClose={onClose} />
  }
}
