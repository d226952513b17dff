import { Button } from '@mantine/core'
import { IconCheck, IconClock, IconX, type TablerIcon } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Delivery, type DeliveryState, sendDeliveryAgain } from '../../../api/webhook-deliveries.ts'
import { useNow } from '../../../design/use-now.ts'
import { ColumnHeads } from '../../components/column-heads.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Time } from '../../components/time.tsx'
import { attemptsText, lastResponse, notCalledReason, stateLabels, timeUntil } from './delivery-labels.ts'
import { eventLabel } from './event-labels.ts'
import { useRefreshDeliveries } from './use-webhook-status.ts'

type Props = {
  realm: string
  rows: readonly Delivery[]
  /** Disabled webhooks can't resend deliveries. */
  isOn: boolean
}

const columns = ['State', 'Event', 'Check', 'Attempts', 'Last response', 'Next attempt']

export function DeliveryTable({ realm, rows, isOn }: Props) {
  return (
    <>
      <table className="rows deliveries panel full-width text-note">
        <ColumnHeads titles={isOn ? [...columns, 'Actions'] : columns} spoken={['Actions']} />
        <tbody>
          {rows.map((delivery) => (
            <Row key={delivery._id} realm={realm} delivery={delivery} isOn={isOn} />
          ))}
        </tbody>
      </table>
      {rows.some((row) => lastResponse(row) === 'Not called') && <p>{notCalledReason}</p>}
    </>
  )
}

function Row({ realm, delivery, isOn }: { realm: string; delivery: Delivery; isOn: boolean }) {
  const { event, reference, at, state, tries, nextTryAt } = delivery
  const response = lastResponse(delivery)
  return (
    <tr>
      <td className="state">
        <StateMark state={state} />
      </td>
      <td className="event">
        <bdi>{eventLabel(event)}</bdi>
        <br />
        <span className="about fine">
          <Time at={at} />
        </span>
      </td>
      <td className="check">
        {reference === null ? <Dash /> : <CheckLink realm={realm} reference={reference} />}
      </td>
      <td className="tries muted nowrap">{tries === 0 ? <Dash /> : attemptsText(tries)}</td>
      <td className="answer muted nowrap">{response ?? <Dash />}</td>
      <td className="next muted nowrap">
        {nextTryAt === null ? <Dash /> : <NextAttempt at={nextTryAt} tries={tries} />}
      </td>
      {isOn && (
        <td className="again text-end">
          <Resend realm={realm} delivery={delivery} />
        </td>
      )}
    </tr>
  )
}

const marks: Readonly<Record<DeliveryState, TablerIcon>> = {
  waiting: IconClock,
  delivered: IconCheck,
  failed: IconX,
}

const inks: Readonly<Record<DeliveryState, string>> = {
  waiting: 'ink-warn',
  delivered: 'ink-good',
  failed: 'ink-bad',
}

function StateMark({ state }: { state: DeliveryState }) {
  const Mark = marks[state]
  return (
    <span className={`row gap-6px medium nowrap ${state === 'failed' ? 'ink-bad' : ''}`}>
      <Mark className={inks[state]} size={16} stroke={2} aria-hidden />
      {stateLabels[state]}
    </span>
  )
}

function CheckLink({ realm, reference }: { realm: string; reference: string }) {
  return (
    <Link to="/transactions/$reference" params={{ reference }} search={{ realm }}>
      <code>{reference}</code>
    </Link>
  )
}

/** An empty cell. Hidden on phones, where cells have no headings. */
function Dash() {
  return <span className="none">—</span>
}

function NextAttempt({ at, tries }: { at: number; tries: number }) {
  const now = useNow()
  // The first attempt is in progress.
  return (
    <>
      <span className="name">Next attempt </span>
      <span className="figures">{tries === 0 ? 'now' : timeUntil(at, now)}</span>
    </>
  )
}

function Resend({ realm, delivery }: { realm: string; delivery: Delivery }) {
  const { _id, receiver, event, reference } = delivery
  const refresh = useRefreshDeliveries(realm, receiver)
  const sending = useMutation({ mutationFn: () => sendDeliveryAgain(realm, _id), onSuccess: refresh })
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={['Resend', eventLabel(event), reference].filter(Boolean).join(', ')}
        // A disabled button would lose the focus.
        aria-busy={sending.isPending}
        onClick={() => sending.isPending || sending.mutate()}
      >
        Resend
      </Button>
      {sending.error !== null && <ErrorNotice title="The event was not resent" error={sending.error} />}
    </>
  )
}
