import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import './proof.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CheckProof, markResultUsed, readCheck } from '../../api/help-desk.ts'
import type { Check } from '../../check-model/check.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { methodNames } from '../messages/method-names.ts'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'
import { UsableLater } from './result-delay.tsx'

const grantEvents = new Set(['approved', 'rejected', 'withdrawn', 'takenOver'])

/**
 * How the caller proved who they are, and what the result needs. Undefined until it has been read, and for transactions that are
 * not checks.
 */
export function useProof({ reference, events }: Check): CheckProof | undefined {
  const realm = useRealm()
  const { data } = useQuery({
    // Each of these events changes what the result is good for.
    queryKey: ['proof', realm, reference, events.filter(({ kind }) => grantEvents.has(kind)).length],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    // A delayed result becomes usable without an event.
    refetchInterval: ({ state }) => (state.data?.verification?.grant.state === 'waiting' ? 5_000 : false),
  })
  return data?.verification ?? undefined
}

export function MethodChips({ proof }: { proof: CheckProof }) {
  const names = methodNames(proof)
  if (names.length === 0) return null
  return (
    <ul className="proof-chips" aria-label={t('Verified with')}>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}

/** Lets the agent mark the result as used, or shows who did. */
export function ResultUse({
  reference,
  proof,
  ticket,
}: {
  reference: string
  proof: CheckProof
  ticket: string | undefined
}) {
  const { state, expiresAt, usableAt = 0, usedAt, usedBy } = proof.grant
  if (state === 'ready') return <MarkUsed reference={reference} ticket={ticket} expiresAt={expiresAt ?? 0} />
  if (state === 'waiting') return <UsableLater usableAt={usableAt} />
  if (state === 'used') {
    const used = usedAt === undefined ? t('Used') : t('Used at {time}', { time: shortTime(usedAt) })
    return <p className="next">{[used, usedBy].filter(Boolean).join(', ')}</p>
  }
  return state === 'over' ? <p className="next">{t('Expired unused. Start a new check.')}</p> : null
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
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => markResultUsed(realm, reference),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proof', realm, reference] }),
  })
  if (now >= expiresAt) return <p className="next">{t('Expired unused. Start a new check.')}</p>
  return (
    <div className="next">
      <Button variant="white" size="md" loading={isPending} onClick={() => mutate()}>
        {ticket === undefined ? (
          t('Mark as used')
        ) : (
          <Translated
            text="Mark as used for {ticket}"
            values={{ ticket: <bdi className="ticket">{ticket}</bdi> }}
          />
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
