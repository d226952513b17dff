import '../../components/listing.css'
import './webhooks-page.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listWebhooks, type StoredWebhook } from '../../../api/webhooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { OnOff } from '../../components/on-off.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useOpenedAct } from '../../components/use-opened-act.ts'
import { eventsSummary } from './event-labels.ts'
import { NewWebhook } from './new-webhook.tsx'
import { countText, lastDeliveryText } from './status-labels.ts'
import { useWebhookStatus } from './use-webhook-status.ts'

/** Webhooks for the check events of a realm. */
export function WebhooksPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({
    queryKey: ['webhooks', realm],
    queryFn: ({ signal }) => listWebhooks(realm, signal),
  })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New webhook
    </Button>
  )
  if (read.error !== null) {
    return <ErrorNotice title="The webhooks could not be read" error={read.error} onRetry={read.refetch} />
  }
  if (read.data === undefined) return <Skeleton label="Loading webhooks" rows={3} />
  return (
    <>
      {read.data.length === 0 ? (
        <EmptyState title="No webhooks yet" action={act}>
          A webhook sends signed events about this realm’s checks to another system, such as a ticket system,
          including reports of “This is not me”.
        </EmptyState>
      ) : (
        <>
          <div className="listing-acts webhooks-acts">
            <p>Systems that receive signed events about checks.</p>
            {act}
          </div>
          <ul className="listing webhooks">
            {read.data.map((webhook) => (
              <Row key={webhook.id} realm={realm} webhook={webhook} />
            ))}
          </ul>
        </>
      )}
      {isNew && <NewWebhook realm={realm} onClose={() => setNew(false)} />}
    </>
  )
}

function Row({ realm, webhook: { id, document } }: { realm: string; webhook: StoredWebhook }) {
  const { url, events, enabled } = document
  return (
    <li>
      <div>
        <Link to="/realm/webhooks/$id" params={{ id }} search={{ realm }}>
          <bdi>{url}</bdi>
        </Link>
        <p>
          <bdi>{eventsSummary(events)}</bdi>
        </p>
      </div>
      <StatusText realm={realm} id={id} />
      <OnOff isOn={enabled} />
    </li>
  )
}

/** Left out if it can't be read; the webhook's page shows why. */
function StatusText({ realm, id }: { realm: string; id: string }) {
  const { data } = useWebhookStatus(realm, id)
  if (data === undefined) return <div />
  const { waiting, failed } = data
  return (
    <div className="standing">
      <p>{lastDeliveryText(data)}</p>
      {waiting > 0 && <p className="pending">{countText(waiting)} pending</p>}
      {failed > 0 && <p className="failed">{countText(failed)} failed</p>}
    </div>
  )
}
