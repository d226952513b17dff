import './proof.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CheckProof, markResultUsed, readCheck } from '../../api/help-desk.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { methodsInWords } from '../messages/method-words.ts'
import { useRealm } from '../navigation/navigation.ts'

/** How the caller of a verified check proved who they are; undefined until it is read, and for checks without. */
export function useProof(reference: string, isVerified: boolean): CheckProof | undefined {
  const realm = useRealm()
  const { data } = useQuery({
    queryKey: ['proof', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    enabled: isVerified,
  })
  return data?.verification ?? undefined
}

/** In a word each. */
export function ProofChips({ proof }: { proof: CheckProof }) {
  const words = methodsInWords(proof)
  if (words.length === 0) return null
  return (
    <ul className="proof-chips" aria-label="Proved by">
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  )
}

/** The one use of a result. */
export function ResultUse({ reference, proof }: { reference: string; proof: CheckProof }) {
  const { state, expiresAt, usedAt, usedBy } = proof.grant
  if (state === 'ready') return <UseNow reference={reference} expiresAt={expiresAt ?? 0} />
  if (state === 'used') {
    return (
      <p className="next">
        Used{usedAt === undefined ? '' : ` at ${shortTime(usedAt)}`}
        {usedBy === undefined ? '' : `, ${usedBy}`}
      </p>
    )
  }
  return state === 'over' ? <p className="next">Not used in time: check again</p> : null
}

function UseNow({ reference, expiresAt }: { reference: string; expiresAt: number }) {
  const realm = useRealm()
  const queries = useQueryClient()
  const now = useNow()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => markResultUsed(realm, reference),
    onSettled: () => queries.invalidateQueries({ queryKey: ['proof', realm, reference] }),
  })
  if (now >= expiresAt) return <p className="next">Not used in time: check again</p>
  return (
    <div className="next">
      <Button variant="white" size="md" loading={isPending} onClick={() => mutate()}>
        Use this result
      </Button>
      <span role="status">
        {error === null ? <>once, within {timeLeft(expiresAt, now)}</> : error.message}
      </span>
    </div>
  )
}
