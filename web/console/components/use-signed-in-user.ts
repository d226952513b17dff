import { useQuery } from '@tanstack/react-query'
import { readSignedInUser, type SignedInUser } from '../../api/own-session.ts'

/** The administrator of this browser's session. Undefined while it is being read, and without a session. */
export function useSignedInUser(): SignedInUser | undefined {
  const { data } = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => (await readSignedInUser('/')) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? undefined
}
