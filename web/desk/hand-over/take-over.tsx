import { Button } from '@mantine/core'
import { takeOverCheck } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { watchAnew } from '../checks/live-checks.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { useHandOver } from './use-hand-over.ts'

type TakeOverProps = { reference: string; name: string; size?: 'xs' | 'sm' }

/** Takes a check over and opens its page. */
export function TakeOver({ reference, name, size = 'sm' }: TakeOverProps) {
  const navigate = useNavigate()
  const { run, problem, isBusy } = useHandOver()
  const takeOver = async () => {
    const isTaken = await run(async (realm) => {
      await takeOverCheck(realm, reference)
      watchAnew(realm, reference)
    })
    if (isTaken) navigate({ page: 'check', reference })
  }
  return (
    <>
      <Button size={size} loading={isBusy} onClick={takeOver} aria-label={t('Take over: {name}', { name })}>
        {t('Take over')}
      </Button>
      {problem !== '' && (
        <span className="take-over-problem text-note ink-bad" role="alert">
          {problem}
        </span>
      )}
    </>
  )
}
