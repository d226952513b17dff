import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type CheckProof, readCheck } from '../../api/help-desk.ts'
import { mayPass } from '../../api/request.ts'
import { serverNow } from '../../api/server-clock.ts'
import type { Check } from '../../check-model/check.ts'
import { useRealm } from '../navigation/navigation.ts'

/** After each of these, the result is good for something else. */
const grantEvents = new Set(['approved', 'rejected', 'reported', 'withdrawn', 'takenOver'])

/** How often the result has become good for something else. */
export function resultChanges({ events }: Check): number {
  return events.filter(({ kind }) => grantEvents.has(kind)).length
}

/** States that change without an event. */
const changing: readonly unknown[] = ['ready', 'waiting', 'paused']

/** Reads how the caller proved who they are, and what the result needs. Undefined until it has been read again after a change. */
export function useProof(reference: string, check: Check | undefined): CheckProof | undefined {
  const realm = useRealm()
  const changes = check && resultChanges(check)
  const { data } = useQuery({
    queryKey: ['proof', realm, reference, changes],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    refetchInterval: ({ state: { data: read, error } }) =>
      mayPass(error) || changing.includes(read?.verification?.grant.state) ? 5_000 : false,
    enabled: check !== undefined,
  })
  const proof = data?.verification ?? undefined
  const isExpired = useIsPast(proof?.grant.state === 'ready' ? proof.grant.expiresAt : undefined)
  return proof !== undefined && isExpired ? { ...proof, grant: { state: 'over' } } : proof
}

/** Whether the server's time is past the moment. */
function useIsPast(moment: number | undefined): boolean {
  const [passed, setPassed] = useState<number>()
  useEffect(() => {
    if (moment === undefined) return
    const timer = setTimeout(() => setPassed(moment), Math.max(0, moment - serverNow()))
    return () => clearTimeout(timer)
  }, [moment])
  return moment !== undefined && (passed === moment || serverNow() >= moment)
}
