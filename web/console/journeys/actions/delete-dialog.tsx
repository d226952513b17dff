import './delete-dialog.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type JourneyRow, journeyUsages, removeJourney, type Usage } from '../../../api/journeys.ts'
import { ApiError } from '../../../api/request.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { ActionHandlers } from './journey-action.ts'
import { isBlocking, UsageList } from './usage-list.tsx'

type Props = { realm: string; row: JourneyRow; handlers: ActionHandlers; onClose(): void }

/** Shows what uses a journey before it is deleted. A journey in use can only be deleted from this list. */
export function DeleteDialog({ realm, row, handlers, onClose }: Props) {
  const usages = useQuery({
    queryKey: ['journey-usages', realm, row._id],
    queryFn: ({ signal }) => journeyUsages(realm, row._id, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const used = usages.data?.filter(isBlocking) ?? []
  const removal = useRemoval(realm, row, usages.refetch, onClose)
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
      {usages.error !== null && (
        <ErrorNotice
          title="The uses of this journey could not be read"
          error={usages.error}
          onRetry={usages.refetch}
        />
      )}
      {removal.error !== null && <Refusal error={removal.error} />}
      {usages.isPending && <p role="status">Checking where this journey is used…</p>}
      {usages.data !== undefined && <WhatHappens realm={realm} usages={usages.data} />}
      <DeleteButtons
        isUsed={isUsed}
        isReady={usages.data !== undefined}
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

function WhatHappens({ realm, usages }: { realm: string; usages: readonly Usage[] }) {
  const isUsed = usages.some(isBlocking)
  return (
    <div className="delete-journey">
      {isUsed ? (
        <p>Deleting this journey breaks:</p>
      ) : (
        <p>Nothing in this realm uses it. It can be restored under “History”.</p>
      )}
      <UsageList realm={realm} usages={usages} />
      <p className="note">Sign-ins in progress finish with the version that they started with.</p>
    </div>
  )
}

function Refusal({ error }: { error: Error }) {
  const isStale = error instanceof ApiError && error.code === 412
  return isStale ? (
    <p className="delete-journey refusal" role="alert">
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
