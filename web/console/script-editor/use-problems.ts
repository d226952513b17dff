import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { checkScript, type ScriptProblem } from '../../api/scripts.ts'

const none: readonly ScriptProblem[] = []

/** Milliseconds without a key after which a script is checked. */
const pauseMs = 300

/** What is wrong with a source, checked by the server whenever typing pauses. */
export function useProblems(realm: string, source: string): readonly ScriptProblem[] {
  const [settled] = useDebouncedValue(source, pauseMs)
  const { data } = useQuery({
    queryKey: ['script-problems', realm, settled],
    queryFn: ({ signal }) => checkScript(realm, settled, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return settled === '' ? none : (data ?? none)
}
