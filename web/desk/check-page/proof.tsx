import './proof.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CheckProof, markResultUsed, readCheck } from '../../api/help-desk.ts'
import type { Check } from '../../check-model/check.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { methodNames } from '../messages/method-names.ts'
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
    <ul className="proof-chips" aria-label="Verified with">
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
    return (
      <p className="next">
        Used{usedAt === undefined ? '' : ` at ${shortTime(usedAt)}`}
        {usedBy === undefined ? '' : `, ${usedBy}`}
      </p>
    )
  }
  return state === 'over' ? <p className="next">Expired unused. Start a new check.</p> : null
}

type MarkUsedProps = { reference: string; ticket: string | undefined; expiresAt: number }

/** After a rejection: what was done with the result before. */
export function UsedBefore({ proof, ownName }: { proof: CheckProof; ownName: string | null | undefined }) {
  const { usedAt, usedBy } = proof.grant
  if (usedAt === undefined) return null
  const who = usedBy === ownName ? 'You' : (usedBy ?? 'A client')
  return (
    <p className="used-before">
      <b>
        <bdi>{who}</bdi> used this result at {shortTime(usedAt)}. Undo what you changed.
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
  if (now >= expiresAt) return <p className="next">Expired unused. Start a new check.</p>
  return (
    <div className="next">
      <Button variant="white" size="md" loading={isPending} onClick={() => mutate()}>
        {ticket === undefined ? (
          'Mark as used'
        ) : (
          <>
            Mark as used for&nbsp;<bdi className="ticket">{ticket}</bdi>
          </>
        )}
      </Button>
      <span role="status">
        {error === null ? (
          <>Records that you acted on it, once. Expires in {timeLeft(expiresAt, now)}.</>
        ) : (
          error.message
        )}
      </span>
    </div>
  )
}
