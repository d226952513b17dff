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
  /** As it is saved. */
  url: string
  revision: string
  /** Whether it is told anything, as it is saved. */
  isOn: boolean
  /** Whether something else is typed than what is saved. */
  isChanged: boolean
}

/** What can be done to a receiver beside its settings. */
export function WebhookActions(given: Props) {
  return (
    <section aria-label="Test, secret and removal">
      <TestEvent {...given} />
      <NewSecret {...given} />
      <DeleteWebhook {...given} />
    </section>
  )
}

function NewSecret({ realm, id }: Props) {
  const renewal = useMutation({
    mutationFn: () => renewWebhookSecret(realm, id),
    // A secret is kept no longer than it is shown.
    gcTime: 0,
  })
  return (
    <div className="act">
      <h3>Secret</h3>
      <p>It signs every message. It was shown when it was made, and never again.</p>
      {renewal.error !== null && <ErrorNotice title="The secret was not changed" error={renewal.error} />}
      <ConfirmButton
        label="Make a new secret"
        question="Make a new secret? The old one ends at once: until the receiver knows the new one, it cannot tell that messages are from here. What still waits is signed with the new one."
        confirmLabel="Make a new secret"
        isPending={renewal.isPending}
        onConfirm={() => renewal.mutate()}
      />
      {renewal.data !== undefined && (
        <Sheet title="The new secret" onClose={renewal.reset} closeOnClickOutside={false}>
          <WebhookSecret secret={renewal.data} explanation="The old one is good for nothing any more." />
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
    mutationFn: () => removeWebhook(realm, id, revision).catch(unlessGone),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['receivers', realm], exact: true })
      await navigate({ to: '/realm/webhooks', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <div className="act">
      <h3>Removal</h3>
      {deletion.error !== null && <DeletionError error={deletion.error} />}
      <ConfirmButton
        label="Remove the receiver"
        question={`Remove ${url}? ${pendingText(status.data)} The list of what it was told goes with it.`}
        confirmLabel="Remove the receiver"
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
      Somebody changed it since it was read here, so it was not removed. Open it again first.
    </p>
  ) : (
    <ErrorNotice title="The receiver was not removed" error={error} />
  )
}

/** Somebody else removed it: that is what was wanted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 404)) throw error
}
