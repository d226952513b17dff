import { useQueryClient } from '@tanstack/react-query'
import { NewPerson } from '../identities/new-person.tsx'
import { StarterDialog } from './starter-dialog.tsx'

export type ChecklistDialog = { kind: 'starter'; id: string } | { kind: 'agent' } | { kind: 'person' }

const backToChecklist = 'Back to the checklist'

type Props = { realm: string; dialog: ChecklistDialog | undefined; onClose(): void }

/** The dialogs of the steps. */
export function ChecklistDialogs({ realm, dialog, onClose }: Props) {
  const queries = useQueryClient()
  const close = async () => {
    onClose()
    await queries.invalidateQueries({ queryKey: ['checklist', realm] })
  }
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'starter':
      return <StarterDialog realm={realm} id={dialog.id} onClose={close} />
    case 'agent':
      return <NewPerson realm={realm} grants="agent" backTo={backToChecklist} onClose={close} />
    case 'person':
      return <NewPerson realm={realm} backTo={backToChecklist} onClose={close} />
  }
}
