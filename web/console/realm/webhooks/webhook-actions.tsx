import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { renewWebhookSecret, webhooks } from '../../../api/webhooks.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { DeleteResource } from '../../resources/delete-resource.tsx'
import { pendingText } from './status-labels.ts'
import { TestEvent } from './test-event.tsx'
import { useWebhookStatus } from './use-webhook-status.ts'
import { WebhookSecret } from './webhook-secret.tsx'

type Props = {
  realm: string
  id: string
  /** The saved URL. */
  url: string
  revision: string
  /** Whether the saved webhook is enabled. */
  isOn: boolean
  /** Whether there are unsaved changes. */
  isChanged: boolean
}

/** Test, secret and deletion of a webhook. */
export function WebhookActions(props: Props) {
  return (
    <section className="panel stack gap-4" aria-label="Test, secret and deletion">
      <TestEvent {...props} />
      <NewSecret {...props} />
      <DeleteWebhook {...props} />
    </section>
  )
}

function NewSecret({ realm, id }: Props) {
  const renewal = useMutation({
    mutationFn: () => renewWebhookSecret(realm, id),
    // Drop the secret from the cache when the dialog closes.
    gcTime: 0,
  })
  return (
    <div className="act stack gap-2 text-note">
      <h3 className="heading-3">Secret</h3>
      <p className="muted">Signs every request. It is shown only once, when it is created.</p>
      {renewal.error !== null && <ErrorNotice title="The secret was not changed" error={renewal.error} />}
      <ConfirmButton
        label="Create new secret"
        question="Create a new secret? The old secret stops working at once, and the endpoint rejects requests until it has the new one. Pending deliveries are signed with the new secret."
        confirmLabel="Create new secret"
        isPending={renewal.isPending}
        onConfirm={() => renewal.mutate()}
      />
      {renewal.data !== undefined && (
        <Sheet title="New secret" onClose={renewal.reset} closeOnClickOutside={false}>
          <WebhookSecret
            secret={renewal.data}
            explanation="The old secret no longer works. Copy the new one now."
          />
          <div className="sheet-acts">
            <Button onClick={renewal.reset}>Done</Button>
          </div>
        </Sheet>
      )}
    </div>
  )
}

function DeleteWebhook({ realm, id, url, revision }: Props) {
  const status = useWebhookStatus(realm, id)
  return (
    <div className="act stack gap-2 text-note">
      <h3 className="heading-3">Delete</h3>
      <DeleteResource
        of={webhooks}
        realm={realm}
        id={id}
        revision={revision}
        noun="webhook"
        question={`Delete ${url}? ${pendingText(status.data)} Its delivery history is deleted too.`}
        confirmLabel="Delete webhook"
      />
    </div>
  )
}
