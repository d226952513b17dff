import { Button } from '@mantine/core'
import { t } from '../../translate/translate.ts'
import { HandOver } from '../hand-over/hand-over.tsx'
import { useCheckList } from '../layout/use-check-list.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { CancelCheck } from './cancel-check.tsx'
import type { CheckView } from './use-check.ts'

/** What the agent can do with the whole check, at the end of its head. */
export function CheckActs(view: CheckView) {
  const { isRunning, reference, name } = view
  const navigate = useNavigate()
  const { running } = useCheckList()
  const next = running[0]?.row.reference
  // The oldest check that still needs the agent.
  const close = () => navigate(next === undefined ? { page: 'checks' } : { page: 'check', reference: next })
  return (
    <div className="acts">
      <HandOver {...view} />
      {isRunning ? (
        <CancelCheck reference={reference} name={name} />
      ) : (
        <Button variant="default" onClick={close}>
          {t('Close')}
        </Button>
      )}
    </div>
  )
}
