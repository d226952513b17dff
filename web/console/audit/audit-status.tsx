import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditTrailSettings, readTrail } from '../../api/audit.ts'
import { Integrity } from './integrity.tsx'
import { entryCount } from './labels.ts'
import { Retention } from './retention.tsx'

/** How much is kept, for how long, and the way to check that nobody changed it. */
export function AuditStatus() {
  const trail = useQuery({ queryKey: ['audit-trail'], queryFn: ({ signal }) => readTrail(signal) })
  const [open, setOpen] = useState<'integrity' | 'keeping'>()
  const close = () => setOpen(undefined)
  // The list below says what is wrong, if something is.
  if (trail.data === undefined) return null
  return (
    <section className="audit-trail" aria-label="The trail">
      <p>{statusText(trail.data)}</p>
      <Button variant="default" size="xs" onClick={() => setOpen('integrity')}>
        Check integrity
      </Button>
      <Button variant="default" size="xs" onClick={() => setOpen('keeping')}>
        What is kept
      </Button>
      {open === 'integrity' && <Integrity onClose={close} />}
      {open === 'keeping' && <Retention trail={trail.data} onClose={close} />}
    </section>
  )
}

function statusText({ first, last, retentionDays, keepsNodes }: AuditTrailSettings): string {
  const count = Math.max(0, last.sequence - first + 1)
  const days = retentionDays === 1 ? '1 day' : `${retentionDays} days`
  const howLong = retentionDays === 0 ? 'kept for good' : `kept for ${days}`
  const nodes = keepsNodes ? 'Nodes that ran are among them.' : 'Nodes that ran are not among them.'
  return `${entryCount(count)} of all realms, ${howLong}. ${nodes}`
}
