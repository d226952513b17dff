import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { listCustomNodes } from '../../api/custom-nodes.ts'
import { listJourneysAndDrafts } from '../../api/journeys.ts'
import { readSettingsSchema } from '../../api/realm-settings.ts'
import { listRealms } from '../../api/realms.ts'
import { ApiError } from '../../api/request.ts'
import { listScripts } from '../../api/scripts.ts'
import { useOwnRights } from '../components/use-own-rights.ts'
import { allNavigationItems, isFor } from '../layout/navigation-items.ts'
import { actionsFor, realmEntries } from './actions.ts'
import {
  customNodeEntries,
  journeyEntries,
  nodeEntries,
  realmSettingEntries,
  scriptEntries,
} from './realm-entries.ts'
import type { Entry } from './search-entries.ts'

/** Words for pages that people look for by what is on them. */
const pageWords: Readonly<Record<string, string>> = {
  '/server': 'smtp mail server sms test message outbox version health proxy base address',
  '/realm/identity-providers': 'social google apple microsoft idp openid connect oauth',
  '/realm/saml': 'saml2 federation circle of trust metadata entity hosted remote',
  '/environment': 'and esv environment placeholder systemEnv',
  '/service-accounts': 'frodo token jwk key pipeline program',
  '/identities': 'people users accounts',
  '/audit': 'logs failed sign-ins',
}

function pageEntries(rights: readonly string[]): Entry[] {
  return allNavigationItems
    .filter((item) => isFor(rights, item))
    .map(({ to, title }) => ({ kind: 'place', id: to, name: title, detail: '', words: pageWords[to] ?? '' }))
}

export type Entries = {
  entries: Entry[]
  /** Names of kinds that are still being read, and of those that can't be read. */
  reading: string[]
  missing: string[]
}

const forever = Number.POSITIVE_INFINITY

/** Everything in a realm that can be found without asking the server for each query. */
export function useEntries(realm: string): Entries {
  const [journeys, customNodes, scripts, settings, realms] = useQueries({
    queries: [
      { queryKey: ['journeys', realm], queryFn: () => listJourneysAndDrafts(realm) },
      { queryKey: ['custom-nodes'], queryFn: () => listCustomNodes() },
      { queryKey: ['scripts', realm], queryFn: () => listScripts(realm) },
      {
        queryKey: ['realm-settings-schema'],
        queryFn: () => readSettingsSchema(realm),
        staleTime: forever,
      },
      { queryKey: ['realms'], queryFn: listRealms },
    ],
  })
  const { data: rights } = useOwnRights(realm)
  const entries = useMemo(
    () => [
      ...journeyEntries(journeys.data ?? []),
      ...nodeEntries(journeys.data ?? []),
      ...customNodeEntries(customNodes.data ?? []),
      ...scriptEntries(scripts.data ?? []),
      ...(settings.data === undefined ? [] : realmSettingEntries(settings.data)),
      ...actionsFor(rights ?? []),
      ...realmEntries(realms.data ?? [], realm),
      ...pageEntries(rights ?? []),
    ],
    [realm, rights, journeys.data, customNodes.data, scripts.data, settings.data, realms.data],
  )
  const reads = Object.entries({
    Journeys: journeys,
    'Custom nodes': customNodes,
    Scripts: scripts,
    Settings: settings,
  })
  return {
    entries,
    reading: reads.flatMap(([name, { isLoading }]) => (isLoading ? [name.toLowerCase()] : [])),
    missing: reads.flatMap(([name, { data, error }]) =>
      error !== null && data === undefined && !isForbidden(error) ? [name] : [],
    ),
  }
}

/** Not every role may read everything. */
function isForbidden(error: Error): boolean {
  return error instanceof ApiError && error.code === 403
}
