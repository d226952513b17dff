import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Approval, listApprovals } from '../../api/approvals.ts'
import { useRealm } from '../navigation/navigation.ts'

export function approvalsQuery(realm: string) {
  return queryOptions({
    queryKey: ['approvals', realm],
    queryFn: ({ signal }) => listApprovals(realm, signal),
    // A colleague waits with a caller on the phone.
    refetchInterval: 3_000,
    refetchIntervalInBackground: true,
  })
}

/** Requests of the last hour that concern the agent, newest first. */
export function useApprovals() {
  return useQuery(approvalsQuery(useRealm()))
}

/** Those that the agent may answer now. */
export function useAnswerable(): Approval[] {
  return useApprovals().data?.filter(({ mayAnswer }) => mayAnswer) ?? []
}
