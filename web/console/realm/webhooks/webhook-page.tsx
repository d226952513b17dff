import './webhook-page.css'
import { getRouteApi } from '@tanstack/react-router'
import { webhooks } from '../../../api/webhooks.ts'
import { ResourcePage } from '../../resources/resource-page.tsx'
import { WebhookEditor } from './webhook-editor.tsx'

const route = getRouteApi('/realm/webhooks/$id')

export function WebhookPage() {
  const { id } = route.useParams()
  const { realm } = route.useSearch()
  return (
    <ResourcePage of={webhooks} realm={realm} id={id} noun="webhook">
      {(stored) => <WebhookEditor key={`${realm} ${id}`} realm={realm} stored={stored} />}
    </ResourcePage>
  )
}
