import { useQueries } from '@tanstack/react-query'
import { listCustomNodes } from '../../api/custom-nodes.ts'
import { listJourneysAndDrafts } from '../../api/journeys.ts'
import { listScripts } from '../../api/scripts.ts'
import { allNavigationItems } from '../layout/navigation-items.ts'
import { contextTitle } from '../scripts/script-contexts.ts'
import type { Entry } from './search-entries.ts'

const pageEntries = allNavigationItems.map(
  ({ to, title }): Entry => ({ kind: 'place', id: to, name: title, detail: '' }),
)

/** All searchable entries of a realm. Kinds that can't be read are listed in `missing`. */
export function useEntries(realm: string): { entries: Entry[]; isReading: boolean; missing: string[] } {
  const [journeys, customNodes, scripts] = useQueries({
    queries: [
      { queryKey: ['journeys', realm], queryFn: () => listJourneysAndDrafts(realm) },
      { queryKey: ['custom-nodes'], queryFn: () => listCustomNodes() },
      { queryKey: ['scripts', realm], queryFn: () => listScripts(realm) },
    ],
  })
  const entries = [
    ...(journeys.data ?? []).map(
      ({ _id, description, categories }): Entry => ({
        kind: 'journey',
        id: _id,
        name: _id,
        detail: [description ?? '', ...categories].filter((text) => text !== '').join(' · '),
      }),
    ),
    ...(customNodes.data ?? []).map(
      ({ _id, displayName, description }): Entry => ({
        kind: 'customNode',
        id: _id,
        name: displayName,
        detail: description ?? '',
      }),
    ),
    ...(scripts.data ?? []).map(
      ({ id, name, description, context }): Entry => ({
        kind: 'script',
        id,
        name,
        detail: [contextTitle(context), description].filter((text) => text !== '').join(' · '),
      }),
    ),
    ...pageEntries,
  ]
  const reads = { Journeys: journeys, 'Custom nodes': customNodes, Scripts: scripts }
  return {
    entries,
    isReading: Object.values(reads).some(({ isLoading }) => isLoading),
    missing: Object.entries(reads).flatMap(([name, { data, error }]) =>
      error !== null && data === undefined ? [name] : [],
    ),
  }
}
