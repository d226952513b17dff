import { Button } from '@mantine/core'
import type { JourneyRow } from '../../../api/journeys.ts'
import { Sheet } from '../../components/sheet.tsx'
import type { ActionHandlers } from './journey-action.ts'

type Props = { realm: string; row: JourneyRow; handlers: ActionHandlers; onClose(): void }

/** Asks before the default journey of a realm is turned off: sign-in begins with it. */
export function TurnOffDialog({ realm, row, handlers, onClose }: Props) {
  return (
    <Sheet
      title={
        <>
          Turn <bdi>{row._id}</bdi> off?
        </>
      }
      onClose={onClose}
    >
      <p>
        {realm === '/'
          ? 'Administrators sign in with it. Turned off, nobody can sign in to this console any more.'
          : 'It is the default journey of this realm. Turned off, nobody can sign in where no journey is named.'}
      </p>
      <div className="sheet-acts">
        <Button
          className="aside"
          variant="outline"
          color="bad"
          onClick={() => {
            handlers.turn(row, false)
            onClose()
          }}
        >
          Turn the default journey off
        </Button>
        <Button data-autofocus onClick={onClose}>
          Keep it on
        </Button>
      </div>
    </Sheet>
  )
}
