import { useEffect, useRef } from 'react'
import type { Version } from '../../api/versions.ts'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import type { useVersions } from './use-versions.ts'
import { VersionRow } from './version-row.tsx'

type Props = {
  realm: string
  versions: ReturnType<typeof useVersions>
  /** Number of the version that was compared or almost restored; it takes the focus. */
  last: number | undefined
  onCompare(version: Version): void
  onRestore(version: Version): void
}

/** Versions, newest first. */
export function VersionList({ realm, versions, last, onCompare, onRestore }: Props) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (last !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-version="${last}"] button`)?.focus()
  }, [last])
  const { data, error } = versions
  if (error !== null || data === undefined) return <LoadState query={versions} of="history" rows={4} />
  if (data.length === 0) return <p>There are no versions yet. The next save makes the first one.</p>
  return (
    <>
      {data[0]?.isDeletion && (
        <p className="callout accent below-3 pad-2 text-note">
          It is deleted. Restore the newest version to get it back.
        </p>
      )}
      <ol className="versions" ref={list}>
        {data.map((version, at) => (
          <VersionRow
            key={version.number}
            realm={realm}
            version={version}
            previous={data[at + 1]}
            isCurrent={at === 0 && !version.isDeletion}
            onCompare={() => onCompare(version)}
            onRestore={() => onRestore(version)}
          />
        ))}
      </ol>
      <MoreButton list={versions} label="Show older versions" />
    </>
  )
}
