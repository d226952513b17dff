import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Version } from '../../api/versions.ts'
import { Time } from '../components/time.tsx'
import { VersionChanges } from './version-changes.tsx'
import { howAndWho, versionLabel } from './version-text.ts'

type Props = {
  realm: string
  version: Version
  previous: Version | undefined
  /** The version that is in use now. */
  isCurrent: boolean
  onCompare(): void
  onRestore(): void
}

/** A version: when, how and by whom it was made, its note, and on request what it changed. */
export function VersionRow({ realm, version, previous, isCurrent, onCompare, onRestore }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { isDeletion, isRestorable, cause } = version
  const label = versionLabel(version)
  return (
    <li data-version={version.number}>
      <VersionHead version={version} isCurrent={isCurrent} />
      <div className="version-acts wrap justify-end gap-1">
        {!isDeletion && cause !== 'existing' && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isOpen}
            aria-label={`Changes of ${label}`}
            onClick={() => setOpen(!isOpen)}
          >
            Changes
          </Button>
        )}
        {!isDeletion && (
          <Button variant="subtle" size="compact-sm" aria-label={`Compare ${label}`} onClick={onCompare}>
            Compare
          </Button>
        )}
        {isRestorable && !isCurrent && (
          <Button variant="default" size="compact-sm" aria-label={`Restore ${label}`} onClick={onRestore}>
            Restore…
          </Button>
        )}
      </div>
      {isOpen && (
        <div className="version-changes pad-2 text-note">
          <VersionChanges realm={realm} version={version} previous={previous} />
        </div>
      )}
    </li>
  )
}

function VersionHead({ version, isCurrent }: Pick<Props, 'version' | 'isCurrent'>) {
  const { savedAt, note } = version
  return (
    <div>
      <p className="version-when wrap align-baseline text-note">
        {savedAt !== null && <Time at={savedAt} />}
        <bdi className="muted">{howAndWho(version)}</bdi>
        {isCurrent && <span className="chip accent">Current</span>}
      </p>
      {note !== null && (
        <p className="above-2px breaks" dir="auto">
          {note}
        </p>
      )}
    </div>
  )
}
