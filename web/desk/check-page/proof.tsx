import './proof.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CheckProof, markResultUsed, readCheck } from '../../api/help-desk.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { methodNames } from '../messages/method-names.ts'
import { useRealm } from '../navigation/navigation.ts'

/** How the caller proved who they are. Undefined until it has been read, and for transactions that are not checks. */
export function useProof(reference: string, isVerified: boolean): CheckProof | undefined {
  const realm = useRealm()
  const { data } = useQuery({
    queryKey: ['proof', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    enabled: isVerified,
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
export function ResultUse({ reference, proof }: { reference: string; proof: CheckProof }) {
  const { state, expiresAt, usedAt, usedBy } = proof.grant
  if (state === 'ready') return <MarkUsed reference={reference} expiresAt={expiresAt ?? 0} />
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

function MarkUsed({ reference, expiresAt }: { reference: string; expiresAt: number }) {
  const realm = useRealm()
  const queries = useQueryClient()
  const now = useNow()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => markResultUsed(realm, reference),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proof', realm, reference] }),
  })
  if (now >= expiresAt) return <p className="next">Expired unused. Start a new check.</p>
  return (
    <div className="next">
      <Button variant="white" size="md" loading={isPending} onClick={() => mutate()}>
        Mark as used
      </Button>
      <span role="status">{error === null ? <>expires in {timeLeft(expiresAt, now)}</> : error.message}</span>
    </div>
  )
}
