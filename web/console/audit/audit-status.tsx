import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditTrailSettings, readTrail } from '../../api/audit.ts'
import { Integrity } from './integrity.tsx'
import { entryCount } from './labels.ts'
import { Retention } from './retention.tsx'

/** Number of entries and retention, with buttons to verify the trail and to change the retention. */
export function AuditStatus() {
  const trail = useQuery({ queryKey: ['audit-trail'], queryFn: ({ signal }) => readTrail(signal) })
  const [open, setOpen] = useState<'integrity' | 'retention'>()
  const close = () => setOpen(undefined)
  // The list below shows the error, if any.
  if (trail.data === undefined) return null
  return (
    <section className="audit-trail" aria-label="Audit trail">
      <p>{statusText(trail.data)}</p>
      <Button variant="default" size="xs" onClick={() => setOpen('integrity')}>
        Check integrity
      </Button>
      <Button variant="default" size="xs" onClick={() => setOpen('retention')}>
        Retention
      </Button>
      {open === 'integrity' && <Integrity onClose={close} />}
      {open === 'retention' && <Retention trail={trail.data} onClose={close} />}
    </section>
  )
}

function statusText({ first, last, retentionDays, keepsNodes }: AuditTrailSettings): string {
  const count = Math.max(0, last.sequence - first + 1)
  const days = retentionDays === 1 ? '1 day' : `${retentionDays} days`
  const howLong = retentionDays === 0 ? 'kept forever' : `kept for ${days}`
  const nodes = keepsNodes ? 'Node runs are recorded.' : 'Node runs are not recorded.'
  return `${entryCount(count)} of all realms, ${howLong}. ${nodes}`
}
