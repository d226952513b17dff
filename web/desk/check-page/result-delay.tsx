import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type CheckProof, withdrawResult } from '../../api/help-desk.ts'
import { inHoursOrDays, nearTime, timeLeft } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'

export function UsableLater({ usableAt }: { usableAt: number }) {
  const now = useServerNow()
  const time = nearTime(usableAt, now)
  const far = inHoursOrDays(usableAt, now)
  return (
    <p className="next">
      {t('You can use this result from {time}', { time })}{' '}
      <span className="figures" aria-hidden="true">
        {far === undefined ? t('(in {time})', { time: timeLeft(usableAt, now) }) : `(${far})`}
      </span>
    </p>
  )
}

type Props = { reference: string; proof: CheckProof; isOwn: boolean }

/** For an agent or lead whom the real person has called back. Asks once more, because it can't be undone. */
export function WithdrawResult({ reference, proof, isOwn }: Props) {
  const realm = useRealm()
  const queries = useQueryClient()
  const { mayLiftPauses: isLead } = useHelpDesk()
  const [isSure, setIsSure] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => withdrawResult(realm, reference),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['proof', realm, reference] })
      await queries.invalidateQueries({ queryKey: ['recent', realm] })
    },
  })
  const isDelayed = proof.needs.delayMinutes > 0 && ['waiting', 'ready'].includes(proof.grant.state)
  if (!isDelayed || !(isOwn || isLead)) return null
  return (
    <div className="next">
      <Button
        variant="white"
        size="md"
        loading={isPending}
        onClick={() => (isSure ? mutate() : setIsSure(true))}
      >
        {isSure ? t('Yes, nobody may use it') : t('Withdraw result')}
      </Button>
      <span role="status">{error === null ? isSure && t('This can’t be undone.') : problemText(error)}</span>
    </div>
  )
}
