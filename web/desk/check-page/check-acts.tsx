import { Button } from '@mantine/core'
import { useNavigate } from '../navigation/navigation.ts'
import { CancelCheck } from './cancel-check.tsx'
import type { CheckView } from './use-check.ts'

/** What the agent can do with the whole check, at the end of its head. */
export function CheckActs({ isRunning, reference, name }: CheckView) {
  const navigate = useNavigate()
  return (
    <div className="acts">
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
