import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Transaction } from '../../api/transactions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime, dayAndTime } from '../../check-model/times.ts'
import { openerOf } from './labels.ts'

/** Who opened it, what for, and which journeys run on both sides. */
export function Facts({ realm, record }: { realm: string; record: Transaction }) {
  const { check, checkTitle, journey, action, reason, ticket, reference, startedAt, endedAt, expiresAt } =
    record
  return (
    <dl>
      <Fact name="Reference">
        <code>{reference}</code>
      </Fact>
      <Fact name="Opened by">
        <bdi>{openerOf(record)}</bdi>
      </Fact>
      {action !== null && <Fact name="For">{plain(action)}</Fact>}
      {reason !== null && <Fact name="Reason">{plain(reason)}</Fact>}
      {ticket !== null && (
        <Fact name="Ticket">
          <Link to="/audit" search={{ realm, ticket }} title="What else was done for this ticket">
            {plain(ticket)}
          </Link>
        </Fact>
      )}
      {check !== null && (
        <Fact name="Agent’s journey">
          <JourneyLink realm={realm} name={check} title={checkTitle ?? check} />
        </Fact>
      )}
      <Fact name="Caller’s journey">
        <JourneyLink realm={realm} name={journey} title={journey} />
      </Fact>
      <Fact name="Opened">{dayAndTime(startedAt, Date.now())}</Fact>
      {endedAt === null ? (
        <Fact name="Link works">until {clockTime(expiresAt)}</Fact>
      ) : (
        <Fact name="Ended">{dayAndTime(endedAt, Date.now())}</Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function plain(text: string) {
  return <bdi>{plainText(text)}</bdi>
}

function JourneyLink({ realm, name, title }: { realm: string; name: string; title: string }) {
  return (
    <Link to="/journeys/$name" params={{ name }} search={{ realm }}>
      {plain(title)}
    </Link>
  )
}
