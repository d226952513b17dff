import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { readStateKeys } from '../../../api/node-types.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { keyQueries, type StateKeys, stateKeysFrom } from '../model/state-keys.ts'

const debounceMs = 300
const none: StateKeys = new Map()

/** The state keys of all nodes, which the server derives from their current settings. */
export function useStateKeys(): StateKeys {
  const draft = useDraft()
  const realm = useEditor(({ realm }) => realm)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const queries = useMemo(() => keyQueries(draft, catalogue), [draft, catalogue])
  const [asked] = useDebouncedValue(queries, debounceMs)
  const { data = none } = useQuery({
    queryKey: ['state-keys', realm, asked],
    queryFn: async ({ signal }): Promise<StateKeys> => {
      const keys = await readStateKeys(realm, asked, signal)
      return new Map(asked.flatMap(({ id }, at) => (keys[at] === undefined ? [] : [[id, keys[at]] as const])))
    },
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    // Settings may contain secrets that were just typed.
    gcTime: 0,
  })
  return useMemo(() => stateKeysFrom(queries, data, catalogue), [queries, data, catalogue])
}
