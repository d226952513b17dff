import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Transaction } from '../../api/transactions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime, dayAndTime } from '../../check-model/times.ts'
import { openerOf } from './labels.ts'

/** Opener, purpose, journeys and times of a transaction. */
export function Details({ realm, record }: { realm: string; record: Transaction }) {
  const { check, checkTitle, journey, action, reason, ticket, reference, startedAt, endedAt, expiresAt } =
    record
  return (
    <dl className="stack text-note">
      <Detail name="Reference">
        <code>{reference}</code>
      </Detail>
      <Detail name="Opened by">
        <bdi>{openerOf(record)}</bdi>
      </Detail>
      {action !== null && <Detail name="Purpose">{plain(action)}</Detail>}
      {reason !== null && <Detail name="Reason">{plain(reason)}</Detail>}
      {ticket !== null && (
        <Detail name="Ticket">
          <Link to="/audit" search={{ realm, ticket }} title="Show audit entries of this ticket">
            {plain(ticket)}
          </Link>
        </Detail>
      )}
      {check !== null && (
        <Detail name="Agent’s journey">
          <JourneyLink realm={realm} name={check} title={checkTitle ?? check} />
        </Detail>
      )}
      <Detail name="Caller’s journey">
        <JourneyLink realm={realm} name={journey} title={journey} />
      </Detail>
      <Detail name="Opened">{dayAndTime(startedAt, Date.now())}</Detail>
      {endedAt === null ? (
        <Detail name="Link valid until">{clockTime(expiresAt)}</Detail>
      ) : (
        <Detail name="Ended">{dayAndTime(endedAt, Date.now())}</Detail>
      )}
    </dl>
  )
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="muted">{name}</dt>
      <dd className="shrink breaks">{children}</dd>
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
