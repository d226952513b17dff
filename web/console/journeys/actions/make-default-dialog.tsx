import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type JourneyRow, makeDefaultJourney, setJourneyEnabled } from '../../../api/journeys.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'

/** Explains what changes for people who sign in, and makes a journey the default of its realm. */
export function MakeDefaultDialog({
  realm,
  row: { _id: name, enabled },
  onClose,
}: {
  realm: string
  row: JourneyRow
  onClose(): void
}) {
  const queries = useQueryClient()
  const change = useMutation({
    async mutationFn() {
      if (!enabled) await setJourneyEnabled(realm, name, true)
      await makeDefaultJourney(realm, name)
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['journeys', realm] }),
  })
  return (
    <Sheet title="Change the default journey?" onClose={onClose}>
      {change.error !== null && (
        <ErrorNotice title="The default journey was not changed" error={change.error} />
      )}
      <p>
        Sign-in links that don’t name a journey will start <bdi>“{name}”</bdi>.
        {realm === '/' && ' Administrators also sign in to this console with it.'}
        {!enabled && ' The journey is off and will be turned on.'}
      </p>
      <div className="sheet-acts">
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus loading={change.isPending} onClick={() => change.mutate()}>
          {enabled ? 'Make default' : 'Turn on and make default'}
        </Button>
      </div>
    </Sheet>
  )
}
