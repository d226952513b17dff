import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/request.ts'
import { maxNoteLength } from '../../api/save-note.ts'
import { planRestore, type Restored, restoreVersion, type Version } from '../../api/versions.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { ComparisonWords } from './comparison-words.tsx'
import { type UnsavedEdits, unsavedWarnings } from './unsaved-edits.ts'
import { versionLabel } from './version-text.ts'

type Props = {
  realm: string
  version: Version
  unsaved: UnsavedEdits | undefined
  onRestored(): unknown
  onDone(): void
  onBack(): void
}

/** Asks before a version is restored, and says what that changes. */
export function RestoreView({ realm, version, unsaved, onRestored, onDone, onBack }: Props) {
  const [note, setNote] = useState('')
  const [withNeeds, setWithNeeds] = useState(false)
  const plan = usePlan(realm, version, withNeeds)
  const restoring = useRestoring(realm, version, { note, withNeeds }, onRestored, onDone)
  return (
    <div className="stack gap-3">
      <p>
        <bdi>{versionLabel(version)}</bdi>
      </p>
      {restoring.error !== null && <ErrorNotice title="Nothing was restored" error={restoring.error} />}
      <Plan plan={plan} kind={version.kind} onTakeNeeds={() => setWithNeeds(true)} />
      {unsaved !== undefined && (
        <p className="callout warn below-3 pad-2 text-note" role="status">
          {unsavedWarnings[unsaved]}
        </p>
      )}
      <p className="note">{afterwards(version)}</p>
      <Textarea
        label="Note"
        description="Optional. The history shows it."
        autosize
        minRows={1}
        maxRows={4}
        maxLength={maxNoteLength}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      <div className="sheet-acts">
        <Button className="aside" variant="subtle" color="gray" onClick={onBack}>
          All versions
        </Button>
        <Button variant="default" autoFocus onClick={onDone}>
          Cancel
        </Button>
        <Button
          loading={restoring.isPending}
          disabled={plan.data === undefined}
          onClick={() => restoring.mutate()}
        >
          {unsaved === 'lost' ? 'Discard my changes and restore' : 'Restore'}
        </Button>
      </div>
    </div>
  )
}

function usePlan(realm: string, version: Version, withNeeds: boolean) {
  const { kind, id, number } = version
  return useQuery({
    queryKey: ['restore-plan', realm, kind, id, number, withNeeds],
    queryFn: ({ signal }) => planRestore(realm, version, { withNeeds, signal }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
}

function useRestoring(
  realm: string,
  version: Version,
  options: { note: string; withNeeds: boolean },
  onRestored: () => unknown,
  onDone: () => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => restoreVersion(realm, version, options),
    async onSuccess() {
      await queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => isHistory(name) })
      await onRestored()
      onDone()
    },
  })
}

/** Queries that a new version makes out of date. */
function isHistory(name: unknown): boolean {
  return name === 'versions' || name === 'changes'
}

type PlanProps = { plan: ReturnType<typeof usePlan>; kind: Version['kind']; onTakeNeeds(): void }

function Plan({ plan: { data, error, refetch }, kind, onTakeNeeds }: PlanProps) {
  if (error instanceof ApiError && isMissing(error.detail)) {
    return (
      <div className="callout warn below-3 pad-2 text-note" role="alert">
        <p>
          <bdi>{error.message}</bdi>
        </p>
        <Button variant="default" onClick={onTakeNeeds}>
          Also restore what it needs
        </Button>
      </div>
    )
  }
  if (error !== null) {
    return <ErrorNotice title="It can’t be restored" error={error} onRetry={refetch} />
  }
  if (data === undefined) return <p role="status">Finding out what changes…</p>
  return <WhatChanges plan={data} kind={kind} />
}

function WhatChanges({ plan: { differences, findings }, kind }: { plan: Restored; kind: Version['kind'] }) {
  return (
    <section aria-label="What changes">
      {differences.length > 0 && <h3 className="heading-3">This changes:</h3>}
      <ComparisonWords comparison={{ differences }} kind={kind} />
      {findings.length > 0 && (
        <ul className="restore-findings text-note">
          {findings.map(({ message }) => (
            <li key={message}>
              <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function isMissing(detail: unknown): boolean {
  return typeof detail === 'object' && detail !== null && 'isMissing' in detail && detail.isMissing === true
}

function afterwards({ kind }: Version): string {
  const history = 'It becomes a new version, so that you can go back.'
  const runs = kind === 'journey' || kind === 'script' || kind === 'customNodeType'
  return runs ? `${history} Sign-ins in progress continue with the version that they began with.` : history
}
