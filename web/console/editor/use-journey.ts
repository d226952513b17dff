import { useQuery } from '@tanstack/react-query'
import { readWorkingCopy } from '../../api/journey-drafts.ts'
import { readNodeTypes } from '../../api/node-types.ts'
import type { ScriptName } from '../../api/references.ts'
import { scriptsQuery } from '../form/scripts-query.ts'
import type { ReferenceNames } from './model/node-summary.ts'
import { type NodeTypeCatalogue, nodeTypeCatalogue } from './model/node-type-catalogue.ts'

export function namesFrom(scripts: readonly ScriptName[]): ReferenceNames {
  const byId = new Map(scripts.map(({ _id, name }) => [_id, name]))
  return { script: (id) => byId.get(id) }
}

const books = new WeakMap<object, NodeTypeCatalogue>()

/** Loads the node types of a realm and the names of its scripts. */
export function useCatalogue(realm: string) {
  const types = useQuery({
    queryKey: ['node-types', realm],
    queryFn: ({ signal }) => readNodeTypes(realm, signal),
    // Saves and imports of custom types invalidate them.
    staleTime: 300_000,
  })
  const scripts = useQuery(scriptsQuery(realm))
  const retry = () => {
    for (const query of [types, scripts]) if (query.error !== null) query.refetch()
  }
  return {
    catalogue: types.data && catalogueOf(types.data),
    scripts: scripts.data,
    error: types.error ?? scripts.error,
    retry,
  }
}

function catalogueOf(types: Awaited<ReturnType<typeof readNodeTypes>>): NodeTypeCatalogue {
  const catalogue = books.get(types) ?? nodeTypeCatalogue(types)
  books.set(types, catalogue)
  return catalogue
}

/** Loads everything that the editor needs. The journey itself is never taken from the cache. */
export function useJourney(realm: string, name: string | undefined) {
  const journey = useQuery({
    queryKey: ['journey', realm, name],
    queryFn: ({ signal }) => readWorkingCopy(realm, name ?? '', signal),
    enabled: name !== undefined,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const known = useCatalogue(realm)
  const error = journey.error ?? known.error
  const retry = () => {
    if (journey.error !== null) journey.refetch()
    known.retry()
  }
  if (journey.data !== undefined && known.catalogue !== undefined && known.scripts !== undefined) {
    const { catalogue, scripts } = known
    return { state: 'ready', stored: journey.data, catalogue, scripts } as const
  }
  return error === null ? ({ state: 'loading' } as const) : ({ state: 'failed', error, retry } as const)
}
