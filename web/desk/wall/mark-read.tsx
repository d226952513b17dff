import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { acknowledgeRejection } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { useHandOver } from '../hand-over/use-hand-over.ts'

/** Records that the lead read the caller's "this is not me". The check then leaves the wall. */
export function MarkRead({ reference, name }: { reference: string; name: string }) {
  const queries = useQueryClient()
  const { run, problem, isBusy } = useHandOver()
  const read = async () => {
    await run((realm) => acknowledgeRejection(realm, reference))
    await queries.invalidateQueries({ queryKey: ['wall'] })
  }
  return (
    <>
      <Button
        variant="default"
        loading={isBusy}
        onClick={read}
        aria-label={t('Mark as read: {name}', { name })}
      >
        {t('Mark as read')}
      </Button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </>
  )
}
