import { Button } from '@mantine/core'
import type { JourneyRow } from '../../../api/journeys.ts'
import { Sheet } from '../../components/sheet.tsx'
import type { ActionHandlers } from './journey-action.ts'

type Props = { realm: string; row: JourneyRow; handlers: ActionHandlers; onClose(): void }

/** Asks before the default journey of a realm is turned off. */
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
          ? 'Administrators sign in with this journey. If you turn it off, no one can sign in to this console.'
          : 'This is the default journey of the realm. If you turn it off, sign-in links that don’t name a journey stop working.'}
      </p>
      <div className="sheet-acts">
        <Button
          className="aside"
          variant="outline"
          color="bad"
          onClick={() => {
            handlers.setEnabled(row, false)
            onClose()
          }}
        >
          Turn off default journey
        </Button>
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Sheet>
  )
}
