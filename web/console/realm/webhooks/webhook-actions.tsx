import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ApiError } from '../../../api/request.ts'
import { removeWebhook, renewWebhookSecret } from '../../../api/webhooks.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
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
    <section aria-label="Test, secret and deletion">
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
    <div className="act">
      <h3>Secret</h3>
      <p>Signs every request. It is shown only once, when it is created.</p>
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
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => removeWebhook(realm, id, revision).catch(ignoreNotFound),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['webhooks', realm], exact: true })
      await navigate({ to: '/realm/webhooks', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <div className="act">
      <h3>Delete</h3>
      {deletion.error !== null && <DeletionError error={deletion.error} />}
      <ConfirmButton
        label="Delete webhook"
        question={`Delete ${url}? ${pendingText(status.data)} Its delivery history is deleted too.`}
        confirmLabel="Delete webhook"
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </div>
  )
}

function DeletionError({ error }: { error: Error }) {
  const isChanged = error instanceof ApiError && error.code === 412
  return isChanged ? (
    <p className="refusal" role="alert">
      The webhook was changed since you opened it, so it was not deleted. Reload it first.
    </p>
  ) : (
    <ErrorNotice title="The webhook was not deleted" error={error} />
  )
}

/** Already deleted by someone else, which is fine. */
function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 404)) throw error
}
