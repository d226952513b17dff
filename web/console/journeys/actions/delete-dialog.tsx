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

/** Names what uses a journey before it is deleted. Only somebody who saw that can delete it all the same. */
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
        <ErrorNotice title="What uses it could not be read" error={usages.error} onRetry={usages.refetch} />
      )}
      {removal.error !== null && <Refusal error={removal.error} />}
      {usages.isPending && <p role="status">Looking for what uses it …</p>}
      {usages.data !== undefined && <WhatHappens realm={realm} usages={usages.data} />}
      <DeleteActs
        isUsed={isUsed}
        isReady={usages.data !== undefined}
        isBusy={removal.isPending}
        onDelete={() => removal.mutate(isUsed)}
        onTurnOff={
          row.enabled && !row.isDefault
            ? () => {
                handlers.turn(row, false)
                onClose()
              }
            : undefined
        }
        onClose={onClose}
      />
    </Sheet>
  )
}

type Acts = {
  isUsed: boolean
  isReady: boolean
  isBusy: boolean
  onDelete(): void
  onTurnOff: (() => void) | undefined
  onClose(): void
}

function DeleteActs({ isUsed, isReady, isBusy, onDelete, onTurnOff, onClose }: Acts) {
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
        {isUsed ? 'Delete anyway' : 'Delete the journey'}
      </Button>
      {isUsed && onTurnOff !== undefined && (
        <Button variant="default" onClick={onTurnOff}>
          Turn off instead
        </Button>
      )}
      <Button data-autofocus onClick={onClose}>
        Keep it
      </Button>
    </div>
  )
}

function WhatHappens({ realm, usages }: { realm: string; usages: readonly Usage[] }) {
  const isUsed = usages.some(isBlocking)
  return (
    <div className="delete-journey">
      {isUsed ? (
        <p>If you delete it, this stops working:</p>
      ) : (
        <p>
          Nothing of this realm needs it. A deleted journey is gone for good: export it if you may want it
          back.
        </p>
      )}
      <UsageList realm={realm} usages={usages} />
      <p className="note">
        Whoever is on the way through it is safe: a sign-in ends with what it began with.
      </p>
    </div>
  )
}

function Refusal({ error }: { error: Error }) {
  const isStale = error instanceof ApiError && error.code === 412
  return isStale ? (
    <p className="delete-journey refusal" role="alert">
      Somebody saved it since this list was read, so it was not deleted. Look at it again first.
    </p>
  ) : (
    <ErrorNotice title="It was not deleted" error={error} />
  )
}

/** Somebody may have begun to use it while the dialog was open: the server refuses, and the usages are read again. */
function useRemoval(realm: string, row: JourneyRow, readAgain: () => void, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (isForced: boolean) => removeJourney(realm, row, isForced),
    async onSettled(_done, error) {
      if (error instanceof ApiError && error.code === 409) readAgain()
      // The dialog goes first, and gives the focus back: then its row goes, and passes the focus on.
      if (error === null || (error instanceof ApiError && error.code === 404)) onDone()
      await queries.invalidateQueries({ queryKey: ['journeys', realm] })
    },
  })
}
