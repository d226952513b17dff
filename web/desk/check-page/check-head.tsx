import './check-head.css'
import { clockTime } from '../../check-model/times.ts'
import { initials } from '../messages/names.ts'
import { PersonFacts } from '../new-check/person-row.tsx'
import { CheckActs } from './check-acts.tsx'
import type { CheckView } from './use-check.ts'

/** The caller and the purpose of a check. */
export function CheckHead(view: CheckView) {
  const { name, person, row, check, agent, reference } = view
  const startedAt = check.events[0]?.at
  const by = row?.openedBy ?? (agent === 'You' ? 'you' : agent)
  return (
    <div>
      <header className="check-head">
        <span className="avatar large" aria-hidden="true">
          {initials(name)}
        </span>
        <div className="who">
          <h1>
            <bdi>{name}</bdi>
          </h1>
          {person !== undefined && (
            <p>
              <PersonFacts person={person} />
              {person.department !== undefined && <bdi>{person.department}</bdi>}
            </p>
          )}
        </div>
        <CheckActs {...view} />
      </header>
      <dl className="check-facts">
        <Fact name="Vouches for" text={row?.vouchFor} />
        <Fact name="Request" text={row?.action} />
        <Fact name="Ticket" text={row?.ticket} />
        <Fact name="Reason" text={row?.reason} />
        <Fact name="Check" text={row?.checkTitle} />
        <Fact name="Second agent" text={row?.secondAgent} />
        <Fact name="Started" text={startedAt && `${clockTime(startedAt)} by ${by}`} />
        <Fact name="Reference" text={reference} />
      </dl>
    </div>
  )
}

function Fact({ name, text }: { name: string; text: string | number | null | undefined }) {
  if (text === null || text === undefined || text === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  )
}
