import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import './proof.css'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type CheckProof, markResultUsed } from '../../api/help-desk.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { methodNames } from '../messages/method-names.ts'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'
import { UsableLater } from './result-delay.tsx'

export function MethodChips({ proof }: { proof: CheckProof }) {
  const names = methodNames(proof)
  if (names.length === 0) return null
  return (
    <ul className="proof-chips wrap gap-2 above-3" aria-label={t('Verified with')}>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}

/** What the agent can do with a result: mark it as used, or wait; or who used it. */
export function ResultUse({
  reference,
  proof,
  ticket,
}: {
  reference: string
  proof: CheckProof
  ticket: string | undefined
}) {
  const { state, expiresAt, usableAt = 0, usedBy } = proof.grant
  if (state === 'ready') return <MarkUsed reference={reference} ticket={ticket} expiresAt={expiresAt ?? 0} />
  if (state === 'waiting') return <UsableLater usableAt={usableAt} />
  return state === 'used' && usedBy !== undefined ? (
    <p className="next">
      <Translated text="Used by {agent}" values={{ agent: <bdi>{usedBy}</bdi> }} />
    </p>
  ) : null
}

type MarkUsedProps = { reference: string; ticket: string | undefined; expiresAt: number }

/** After a rejection: what was done with the result before. */
export function UsedBefore({ proof, ownName }: { proof: CheckProof; ownName: string | null | undefined }) {
  const { usedAt, usedBy } = proof.grant
  if (usedAt === undefined) return null
  const time = shortTime(usedAt)
  return (
    <p className="used-before">
      <b>
        {usedBy === undefined || usedBy !== ownName ? (
          <Translated
            text="{agent} used this result at {time}. Undo what you changed."
            values={{ agent: <bdi>{usedBy ?? t('A client')}</bdi>, time }}
          />
        ) : (
          t('You used this result at {time}. Undo what you changed.', { time })
        )}
      </b>
    </p>
  )
}

function MarkUsed({ reference, ticket, expiresAt }: MarkUsedProps) {
  const realm = useRealm()
  const queries = useQueryClient()
  const now = useServerNow()
  // A second press after a lost answer is the same use.
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(6)).join('-'))
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => markResultUsed(realm, reference, key),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['proof', realm, reference] })
      await queries.invalidateQueries({ queryKey: ['recent', realm] })
    },
  })
  return (
    <div className="next">
      <Button variant="white" size="md" loading={isPending} onClick={() => mutate()}>
        {ticket === undefined ? (
          t('Mark as used')
        ) : (
          <span>
            <Translated
              text="Mark as used for {ticket}"
              values={{ ticket: <bdi className="ticket">{ticket}</bdi> }}
            />
          </span>
        )}
      </Button>
      <span role="status">
        {error === null
          ? t('Records that you acted on it, once. Expires in {time}.', { time: timeLeft(expiresAt, now) })
          : problemText(error)}
      </span>
    </div>
  )
}
