import './preview.css'
import { IconShield } from '@tabler/icons-react'
import type { Purpose } from '../live/start-check.ts'

type PreviewProps = { firstName: string | undefined; organisation: string; agent: string; purpose: Purpose }

/** What the caller will read before anything else: what is written here is read by a stranger. */
export function Preview({ firstName, organisation, agent, purpose }: PreviewProps) {
  const facts = [
    ['For', purpose.action],
    ['Reason', purpose.reason],
    ['Ticket', purpose.ticket],
  ].filter(([, text]) => text !== undefined && text.trim() !== '')
  return (
    <aside className="preview" aria-label="What the caller will read">
      <p className="over">
        What <bdi>{firstName ?? 'the caller'}</bdi> will read
      </p>
      <div className="phone">
        <p className="from">
          <IconShield size={16} stroke={1.75} aria-hidden />
          <bdi>{organisation}</bdi>
        </p>
        <p className="ask">Are you on the phone with us?</p>
        <p className="by">
          <bdi>{agent}</bdi> wants to make sure it is you.
        </p>
        {facts.length > 0 && (
          <dl>
            {facts.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{text}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className="both" aria-hidden="true">
          <span className="deny">This is not me</span>
          <span>Continue</span>
        </div>
      </div>
    </aside>
  )
}
