import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { suggestUserNames } from '../../api/people.ts'

const debounceMs = 200

/** Usernames that match what was typed, from its second character. Without the right to read people there are none. */
export function useUserNames(realm: string, typed: string): string[] {
  const [searched] = useDebouncedValue(typed.trim(), debounceMs)
  const isLong = searched.length > 1
  const names = useQuery({
    queryKey: ['user-names', realm, searched],
    queryFn: ({ signal }) => suggestUserNames(realm, searched, signal),
    enabled: isLong,
    retry: false,
  })
  return isLong ? (names.data ?? []) : []
}
