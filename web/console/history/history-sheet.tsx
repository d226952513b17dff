import './history.css'
import { useState } from 'react'
import type { Version, VersionedThing } from '../../api/versions.ts'
import { Sheet } from '../components/sheet.tsx'
import { CompareView } from './compare-view.tsx'
import { RestoreView } from './restore-view.tsx'
import type { UnsavedEdits } from './unsaved-edits.ts'
import { useVersions } from './use-versions.ts'
import { VersionList } from './version-list.tsx'
import { thingTitle } from './version-text.ts'

type Props = {
  realm: string
  thing: VersionedThing
  /** The name of the thing, as pages show it. */
  name: string
  /** Of the page that opened the sheet. */
  unsaved?: UnsavedEdits | undefined
  /** Shows the restored thing. The sheet closes afterwards. */
  onRestored(): unknown
  onClose(): void
}

type View = { kind: 'list' } | { kind: 'compare' | 'restore'; version: Version }

/** The versions of a thing. They can be compared and restored. */
export function HistorySheet({ realm, thing, name, unsaved, onRestored, onClose }: Props) {
  const [view, setView] = useState<View>({ kind: 'list' })
  const [last, setLast] = useState<number>()
  const versions = useVersions(realm, thing)
  const title = thingTitle(thing, name)
  const open = (kind: 'compare' | 'restore') => (version: Version) => {
    setLast(version.number)
    setView({ kind, version })
  }
  const back = () => setView({ kind: 'list' })
  if (view.kind === 'restore') {
    return (
      <Sheet title={<bdi>{`Restore ${title}?`}</bdi>} size="lg" onClose={onClose}>
        <RestoreView
          realm={realm}
          version={view.version}
          unsaved={unsaved}
          onRestored={onRestored}
          onDone={onClose}
          onBack={back}
        />
      </Sheet>
    )
  }
  const isComparing = view.kind === 'compare'
  return (
    <Sheet
      title={<bdi>{`${isComparing ? 'Compare' : 'History of'} ${title}`}</bdi>}
      size={isComparing ? 'min(1400px, calc(100vw - 48px))' : 'lg'}
      onClose={onClose}
    >
      {view.kind === 'compare' ? (
        <CompareView
          realm={realm}
          version={view.version}
          versions={versions.data ?? []}
          hasUnsaved={unsaved !== undefined}
          onRestore={open('restore')}
          onBack={back}
        />
      ) : (
        <VersionList
          realm={realm}
          versions={versions}
          last={last}
          onCompare={open('compare')}
          onRestore={open('restore')}
        />
      )}
    </Sheet>
  )
}
