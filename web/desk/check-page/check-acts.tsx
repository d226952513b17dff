import { Button } from '@mantine/core'
import { HandOver } from '../hand-over/hand-over.tsx'
import { useNavigate } from '../navigation/navigation.ts'
import { CancelCheck } from './cancel-check.tsx'
import type { CheckView } from './use-check.ts'

/** What the agent can do with the whole check, at the end of its head. */
export function CheckActs(view: CheckView) {
  const { isRunning, reference, name } = view
  const navigate = useNavigate()
  return (
    <div className="acts">
      <HandOver {...view} />
      {isRunning ? (
        <CancelCheck reference={reference} name={name} />
      ) : (
        <Button variant="default" onClick={() => navigate({ page: 'checks' })}>
          Close
        </Button>
      )}
    </div>
  )
}
