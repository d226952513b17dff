import { NumberInput, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditTrailSettings, changeTrail } from '../../api/audit.ts'
import { FormSheet } from '../saving/form-sheet.tsx'

const maxDays = 36_500

/** How long entries are kept, and whether node runs are recorded. */
export function Retention({ trail, onClose }: { trail: AuditTrailSettings; onClose(): void }) {
  const queries = useQueryClient()
  const [days, setDays] = useState<number | string>(trail.retentionDays)
  const [keepsNodes, setKeepsNodes] = useState(trail.keepsNodes)
  const isDays = typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= maxDays
  const isShorter = isDays && days !== 0 && (trail.retentionDays === 0 || days < trail.retentionDays)
  const saving = useMutation({
    mutationFn: () => changeTrail({ retentionDays: Number(days), keepsNodes }),
    onSuccess(changed) {
      queries.setQueryData(['audit-trail'], changed)
      queries.invalidateQueries({ queryKey: ['audit'] })
      onClose()
    },
  })
  return (
    <FormSheet
      title="Retention"
      submitLabel="Save"
      isReady={isDays}
      isPending={saving.isPending}
      error={saving.error}
      errorTitle="The settings were not saved"
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <NumberInput
        label="Keep entries for (days)"
        description="0 keeps them forever. Older entries of all realms are deleted once a day."
        min={0}
        max={maxDays}
        allowDecimal={false}
        value={days}
        error={isDays ? undefined : `Enter a whole number from 0 to ${maxDays}`}
        onChange={setDays}
        data-autofocus
      />
      {isShorter && <DeletionWarning days={Number(days)} />}
      <Switch
        label="Record every node run"
        description="Adds an entry for every node of every journey."
        checked={keepsNodes}
        onChange={(event) => setKeepsNodes(event.currentTarget.checked)}
      />
    </FormSheet>
  )
}

function DeletionWarning({ days }: { days: number }) {
  return (
    <p className="callout warn pad-2 text-note" role="alert">
      Entries older than {days} days will be permanently deleted. Export them first if you need them.
    </p>
  )
}
