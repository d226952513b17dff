import { useQuery } from '@tanstack/react-query'
import { type Requirements, readRequirements } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { CheckDraft } from './check-draft.ts'

export type KnownRequirements = {
  /** Undefined until a person is chosen and the server has answered. */
  requirements: Requirements | undefined
  /** Set if the server could not answer. */
  retry: (() => void) | undefined
}

/** What the chosen action needs for the chosen person, and what verifying them needs without an action. */
export function useRequirements({ person, action }: CheckDraft): KnownRequirements {
  const realm = useRealm()
  const { data, error, refetch } = useQuery({
    queryKey: ['requirements', realm, person?._id, action],
    queryFn: ({ signal }) =>
      readRequirements(realm, { personId: person?._id ?? '', action: action ?? '' }, signal),
    enabled: person !== undefined,
    staleTime: 0,
  })
  const hasFailed = data === undefined && error !== null
  return { requirements: data, retry: hasFailed ? () => void refetch() : undefined }
}
