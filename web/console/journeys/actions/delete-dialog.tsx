import './delete-dialog.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { readWorkingCopy, type WorkingCopy } from '../../../api/journey-drafts.ts'
import { type JourneyRow, journeyUsages, removeJourney, type Usage } from '../../../api/journeys.ts'
import { ApiError } from '../../../api/request.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { relativeTime } from '../../components/relative-time.ts'
import { Sheet } from '../../components/sheet.tsx'
import type { ActionHandlers } from './journey-action.ts'
import { isBlocking, UsageList } from './usage-list.tsx'

type Props = { realm: string; row: JourneyRow; handlers: ActionHandlers; onClose(): void }

/** Shows what uses a journey, and whether it has a draft, before it is deleted. A journey in use can only be deleted from this list. */
export function DeleteDialog({ realm, row, handlers, onClose }: Props) {
  const consequences = useQuery({
    queryKey: ['journey-deletion', realm, row._id],
    async queryFn({ signal }) {
      const [usages, { draft }] = await Promise.all([
        journeyUsages(realm, row._id, signal),
        readWorkingCopy(realm, row._id, signal),
      ])
      return { usages, draft }
    },
    staleTime: 0,
    gcTime: 0,
  })
  const used = consequences.data?.usages.filter(isBlocking) ?? []
  const removal = useRemoval(realm, row, consequences.refetch, onClose)
  const isUsed = used.length > 0
  return (
    <Sheet
      title={
        <>
          {isUsed ? '' : 'Delete '}
          <bdi>“{row._id}”</bdi>
          {isUsed ? ' is in use' : '?'}
        </>
      }
      onClose={onClose}
    >
      {consequences.error !== null && (
        <ErrorNotice
          title="The uses of this journey could not be read"
          error={consequences.error}
          onRetry={consequences.refetch}
        />
      )}
      {removal.error !== null && <Refusal error={removal.error} />}
      {consequences.isPending && <p role="status">Checking where this journey is used…</p>}
      {consequences.data !== undefined && <WhatHappens realm={realm} {...consequences.data} />}
      <DeleteButtons
        isUsed={isUsed}
        isReady={consequences.data !== undefined}
        isBusy={removal.isPending}
        onDelete={() => removal.mutate(isUsed)}
        onTurnOff={
          row.enabled && !row.isDefault
            ? () => {
                handlers.setEnabled(row, false)
                onClose()
              }
            : undefined
        }
        onClose={onClose}
      />
    </Sheet>
  )
}

type ButtonsProps = {
  isUsed: boolean
  isReady: boolean
  isBusy: boolean
  onDelete(): void
  onTurnOff: (() => void) | undefined
  onClose(): void
}

function DeleteButtons({ isUsed, isReady, isBusy, onDelete, onTurnOff, onClose }: ButtonsProps) {
  return (
    <div className="sheet-acts">
      <Button
        className="aside"
        variant="outline"
        color="bad"
        loading={isBusy}
        disabled={!isReady}
        onClick={onDelete}
      >
        {isUsed ? 'Delete anyway' : 'Delete journey'}
      </Button>
      {isUsed && onTurnOff !== undefined && (
        <Button variant="default" onClick={onTurnOff}>
          Turn off instead
        </Button>
      )}
      <Button data-autofocus onClick={onClose}>
        Cancel
      </Button>
    </div>
  )
}

type WhatHappensProps = { realm: string; usages: readonly Usage[]; draft: WorkingCopy['draft'] }

function WhatHappens({ realm, usages, draft }: WhatHappensProps) {
  const isUsed = usages.some(isBlocking)
  return (
    <div className="delete-journey stack gap-3">
      {isUsed ? (
        <p>Deleting this journey breaks:</p>
      ) : (
        <p>Nothing in this realm uses it. It can be restored under “History”.</p>
      )}
      <UsageList realm={realm} usages={usages} />
      {draft !== null && (
        <p className="callout warn pad-3 text-note ink-warn">
          <bdi>{draftSentence(draft)}</bdi>
        </p>
      )}
      <p className="note">Sign-ins in progress finish with the version that they started with.</p>
    </div>
  )
}

function draftSentence({ savedAt, savedBy }: NonNullable<WorkingCopy['draft']>): string {
  const when = savedAt === null ? '' : ` ${relativeTime(savedAt)}`
  const saved = savedBy === null ? '' : `, which ${savedBy} saved${when},`
  return `Its draft${saved} is deleted, too, and can’t be restored.`
}

function Refusal({ error }: { error: Error }) {
  const isStale = error instanceof ApiError && error.code === 412
  return isStale ? (
    <p className="callout warn stack gap-3 below-3 pad-3 text-note ink-warn" role="alert">
      The journey was saved after this list was loaded, so it was not deleted. Review it first.
    </p>
  ) : (
    <ErrorNotice title="The journey was not deleted" error={error} />
  )
}

/** If the journey came into use while the dialog was open, the server returns 409 and the usages are read again. */
function useRemoval(realm: string, row: JourneyRow, readAgain: () => void, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (isForced: boolean) => removeJourney(realm, row, isForced),
    async onSettled(_done, error) {
      if (error instanceof ApiError && error.code === 409) readAgain()
      // Close first: the dialog returns the focus to the row, which passes it on when it disappears.
      if (error === null || (error instanceof ApiError && error.code === 404)) onDone()
      await queries.invalidateQueries({ queryKey: ['journeys', realm] })
    },
  })
}
