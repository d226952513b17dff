import { ImportDialog } from '../import/import-dialog.tsx'
import { NewJourneyDialog } from '../new-journey-dialog.tsx'
import type { Said } from './action-notice.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { DuplicateDialog } from './duplicate-dialog.tsx'
import type { Act, Handlers } from './journey-action.ts'
import { MakeDefaultDialog } from './make-default-dialog.tsx'
import { TurnOffDialog } from './turn-off-dialog.tsx'

type Given = {
  realm: string
  act: Act
  handlers: Handlers
  onSay(said: Said | undefined): void
  onClose(): void
}

/** Asks about what somebody is about to do. */
export function ActDialog({ realm, act, handlers, onSay, onClose }: Given) {
  switch (act.kind) {
    case 'new':
      return <NewJourneyDialog realm={realm} onClose={onClose} />
    case 'import':
      return <ImportDialog realm={realm} first={act.files} onImported={onSay} onClose={onClose} />
    case 'duplicate':
      return <DuplicateDialog realm={realm} name={act.row._id} onClose={onClose} />
    case 'delete':
      return <DeleteDialog realm={realm} row={act.row} handlers={handlers} onClose={onClose} />
    case 'turn-off':
      return <TurnOffDialog realm={realm} row={act.row} handlers={handlers} onClose={onClose} />
    case 'make-default':
      return <MakeDefaultDialog realm={realm} row={act.row} onClose={onClose} />
  }
}
