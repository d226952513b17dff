import '../../components/listing.css'
import './webhooks-page.css'
import { Link } from '@tanstack/react-router'
import { type StoredWebhook, webhooks } from '../../../api/webhooks.ts'
import { OnOff } from '../../components/on-off.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'
import { eventsSummary } from './event-labels.ts'
import { NewWebhook } from './new-webhook.tsx'
import { countText, lastDeliveryText } from './status-labels.ts'
import { useWebhookStatus } from './use-webhook-status.ts'

/** Webhooks for the check events of a realm. */
export function WebhooksPage() {
  return (
    <ResourceList
      of={webhooks}
      nouns={['webhook', 'webhooks']}
      about="Systems that receive signed events about checks."
      empty="A webhook sends signed events about this realm’s checks to another system, such as a ticket system, including reports of “This is not me”."
      renderNew={(realm, onClose) => <NewWebhook realm={realm} onClose={onClose} />}
    >
      {(all, realm) => (
        <ul className="listing webhooks panel">
          {all.map((webhook) => (
            <Row key={webhook.id} realm={realm} webhook={webhook} />
          ))}
        </ul>
      )}
    </ResourceList>
  )
}

function Row({ realm, webhook: { id, document } }: { realm: string; webhook: StoredWebhook }) {
  const { url, events, enabled } = document
  return (
    <li className="align-center breaks">
      <div>
        <Link className="medium inked" to="/realm/webhooks/$id" params={{ id }} search={{ realm }}>
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
    <div className="standing wrap">
      <p>{lastDeliveryText(data)}</p>
      {waiting > 0 && <p className="pending">{countText(waiting)} pending</p>}
      {failed > 0 && <p className="failed">{countText(failed)} failed</p>}
    </div>
  )
}
