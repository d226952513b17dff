import { useQuery } from '@tanstack/react-query'
import { compareVersion, listVersions, type Version } from '../../api/versions.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { ComparisonWords } from './comparison-words.tsx'

type Props = {
  realm: string
  version: Version
  /** The version before it, if the list has it. */
  previous: Version | undefined
}

/** What a version changed, compared by the server with the version before it. */
export function VersionChanges({ realm, version, previous }: Props) {
  const changes = useQuery({
    queryKey: ['version-changes', realm, version.kind, version.id, version.number],
    async queryFn({ signal }) {
      const before = previous ?? (await versionBefore(realm, version, signal))
      if (before === undefined) return null
      return compareVersion(realm, before, version.number, signal)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (changes.error !== null) {
    return (
      <ErrorNotice title="The change could not be read" error={changes.error} onRetry={changes.refetch} />
    )
  }
  if (changes.data === undefined) return <p role="status">Comparing…</p>
  if (changes.data === null) return <p>This is the oldest version. There is nothing to compare it with.</p>
  return <ComparisonWords comparison={changes.data} kind={version.kind} />
}

async function versionBefore(realm: string, { number: before, ...thing }: Version, signal: AbortSignal) {
  const { result } = await listVersions(realm, thing, { before, limit: 1 }, signal)
  return result[0]
}
