import { useQuery } from '@tanstack/react-query'
import { type Requirements, readRequirements } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { CheckDraft } from './check-draft.ts'

/** What the chosen action needs for the chosen person. Undefined until both are chosen and the server has answered. */
export function useRequirements({ person, action }: CheckDraft): Requirements | undefined {
  const realm = useRealm()
  const { data } = useQuery({
    queryKey: ['requirements', realm, person?._id, action],
    queryFn: ({ signal }) =>
      readRequirements(realm, { personId: person?._id ?? '', action: action ?? '' }, signal),
    enabled: person !== undefined && action !== undefined,
    staleTime: 0,
  })
  return data
}
