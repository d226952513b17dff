import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type Delivery, readDelivery } from '../../../api/webhook-deliveries.ts'
import { testWebhook } from '../../../api/webhooks.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { testResultText } from './delivery-labels.ts'
import { refreshSeconds, useRefreshDeliveries } from './use-webhook-status.ts'

type Props = { realm: string; id: string; isOn: boolean; isChanged: boolean }

/** Sends a test event and shows the result. */
export function TestEvent({ realm, id, isOn, isChanged }: Props) {
  const refresh = useRefreshDeliveries(realm, id)
  const sending = useMutation({ mutationFn: () => testWebhook(realm, id), onSuccess: refresh })
  return (
    <div className="act stack gap-2 text-note">
      <h3 className="heading-3">Test</h3>
      <p className="muted">
        {isOn
          ? 'Sends a verification.test event without a check.'
          : 'Enable the webhook to send a test event.'}
        {isOn && isChanged && ' It goes to the saved URL, not to your unsaved changes.'}
      </p>
      {sending.error !== null && <ErrorNotice title="The test event was not sent" error={sending.error} />}
      <Button
        variant="default"
        leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
        disabled={!isOn}
        // A disabled button would lose the focus.
        aria-busy={sending.isPending}
        onClick={() => sending.isPending || sending.mutate()}
      >
        Send test event
      </Button>
      {/* Always rendered, because screen readers announce only changes inside a status region. */}
      <div role="status">
        {sending.data !== undefined && (
          <TestResult key={sending.data} realm={realm} webhook={id} delivery={sending.data} />
        )}
      </div>
    </div>
  )
}

type Sent = { realm: string; webhook: string; delivery: string }

function TestResult({ realm, webhook, delivery: id }: Sent) {
  const refresh = useRefreshDeliveries(realm, webhook)
  const { data } = useQuery({
    queryKey: ['delivery', realm, id],
    async queryFn({ signal }) {
      const delivery = await readDelivery(realm, id, signal)
      // Keeps the list below in step.
      if (delivery.tries > 0) await refresh()
      return delivery
    },
    refetchInterval: ({ state }) => pollInterval(state.data),
  })
  if (data === undefined) return null
  const isBad = data.state === 'failed' || (data.state === 'waiting' && data.tries > 0)
  return <p className={isBad ? 'ink-bad' : undefined}>{testResultText(data)}</p>
}

/** Poll interval. The first attempt usually finishes at once. */
function pollInterval(delivery: Delivery | undefined): number | false {
  if (delivery?.state !== 'waiting' && delivery !== undefined) return false
  return delivery === undefined || delivery.tries === 0 ? 500 : refreshSeconds * 1_000
}
