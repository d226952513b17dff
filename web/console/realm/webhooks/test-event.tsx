import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type Delivery, readDelivery } from '../../../api/webhook-deliveries.ts'
import { testWebhook } from '../../../api/webhooks.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { testResultText } from './delivery-labels.ts'
import { refreshSeconds, useRefreshDeliveries } from './use-webhook-status.ts'

type Props = { realm: string; id: string; isOn: boolean; isChanged: boolean }

/** Sends an event that is no check, and tells how it went. */
export function TestEvent({ realm, id, isOn, isChanged }: Props) {
  const readAnew = useRefreshDeliveries(realm, id)
  const sending = useMutation({ mutationFn: () => testWebhook(realm, id), onSuccess: readAnew })
  return (
    <div className="act">
      <h3>Test</h3>
      <p>
        {isOn ? 'Sends an event verification.test, which is no check.' : 'It is off: nothing is sent to it.'}
        {isOn && isChanged && ' It goes to what is saved, not to what is typed.'}
      </p>
      {sending.error !== null && <ErrorNotice title="The test event was not sent" error={sending.error} />}
      <Button
        variant="default"
        leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
        disabled={!isOn}
        // Not disabled meanwhile: it would lose the focus.
        aria-busy={sending.isPending}
        onClick={() => sending.isPending || sending.mutate()}
      >
        Send a test event
      </Button>
      {/* Stands there from the beginning: only what changes in it is read out. */}
      <div role="status">
        {sending.data !== undefined && (
          <TestResult key={sending.data} realm={realm} receiver={id} delivery={sending.data} />
        )}
      </div>
    </div>
  )
}

type Sent = { realm: string; receiver: string; delivery: string }

function TestResult({ realm, receiver, delivery: id }: Sent) {
  const readAnew = useRefreshDeliveries(realm, receiver)
  const { data } = useQuery({
    queryKey: ['delivery', realm, id],
    async queryFn({ signal }) {
      const delivery = await readDelivery(realm, id, signal)
      // The list below says the same.
      if (delivery.tries > 0) await readAnew()
      return delivery
    },
    refetchInterval: ({ state }) => pollInterval(state.data),
  })
  if (data === undefined) return null
  const isBad = data.state === 'failed' || (data.state === 'waiting' && data.tries > 0)
  return <p className={isBad ? 'outcome bad' : 'outcome'}>{testResultText(data)}</p>
}

/** Milliseconds until how it went is looked at again; the first answer is mostly there at once. */
function pollInterval(delivery: Delivery | undefined): number | false {
  if (delivery?.state !== 'waiting' && delivery !== undefined) return false
  return delivery === undefined || delivery.tries === 0 ? 500 : refreshSeconds * 1_000
}
