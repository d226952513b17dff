import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ApiError } from '../../../api/request.ts'
import { removeWebhook, renewWebhookSecret } from '../../../api/webhooks.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { owedInWords } from './status-labels.ts'
import { TestEvent } from './test-event.tsx'
import { useStanding } from './use-webhook-status.ts'
import { ReceiverSecret } from './webhook-secret.tsx'

type Given = {
  realm: string
  id: string
  /** As it is saved. */
  address: string
  revision: string
  /** Whether it is told anything, as it is saved. */
  isOn: boolean
  /** Whether something else is typed than what is saved. */
  isChanged: boolean
}

/** What can be done to a receiver beside its settings. */
export function ReceiverActs(given: Given) {
  return (
    <section aria-label="Test, secret and removal">
      <TestEvent {...given} />
      <NewSecret {...given} />
      <Removal {...given} />
    </section>
  )
}

function NewSecret({ realm, id }: Given) {
  const making = useMutation({
    mutationFn: () => renewWebhookSecret(realm, id),
    // A secret is kept no longer than it is shown.
    gcTime: 0,
  })
  return (
    <div className="act">
      <h3>Secret</h3>
      <p>It signs every message. It was shown when it was made, and never again.</p>
      {making.error !== null && <ErrorNotice title="The secret was not changed" error={making.error} />}
      <ConfirmButton
        label="Make a new secret"
        question="Make a new secret? The old one ends at once: until the receiver knows the new one, it cannot tell that messages are from here. What still waits is signed with the new one."
        confirmLabel="Make a new secret"
        isPending={making.isPending}
        onConfirm={() => making.mutate()}
      />
      {making.data !== undefined && (
        <Sheet title="The new secret" onClose={making.reset} closeOnClickOutside={false}>
          <ReceiverSecret secret={making.data} about="The old one is good for nothing any more." />
          <div className="sheet-acts">
            <Button onClick={making.reset}>Done</Button>
          </div>
        </Sheet>
      )}
    </div>
  )
}

function Removal({ realm, id, address, revision }: Given) {
  const standing = useStanding(realm, id)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () => removeWebhook(realm, id, revision).catch(unlessGone),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['receivers', realm], exact: true })
      await navigate({ to: '/realm/receivers', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <div className="act">
      <h3>Removal</h3>
      {removal.error !== null && <Refusal error={removal.error} />}
      <ConfirmButton
        label="Remove the receiver"
        question={`Remove ${address}? ${owedInWords(standing.data)} The list of what it was told goes with it.`}
        confirmLabel="Remove the receiver"
        isPending={removal.isPending}
        onConfirm={() => removal.mutate()}
      />
    </div>
  )
}

function Refusal({ error }: { error: Error }) {
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
