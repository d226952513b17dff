import './dev-page.css'
import { useQuery } from '@tanstack/react-query'
import { type DevPanel, readPanel } from '../../api/dev.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime } from '../../check-model/times.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { CallList } from './call-list.tsx'
import { ConflictList } from './conflict-list.tsx'
import { DevClock } from './dev-clock.tsx'
import { panelKey } from './use-dev-action.ts'

const refreshMs = 1000

/** The panel of `sidegate dev`: what is around the journeys. */
export function DevPage() {
  const panel = useQuery({
    queryKey: panelKey,
    queryFn: ({ signal }) => readPanel(signal),
    refetchInterval: refreshMs,
  })
  return (
    <Page
      title="Development"
      description="What surrounds the journeys of this project. It ends with sidegate dev."
    >
      <LoadState query={panel} of="panel" rows={6} />
      {panel.data !== undefined && (
        <div className="dev-panel stack gap-4">
          <ConflictList conflicts={panel.data.conflicts} problems={panel.data.problems} />
          <DevClock now={panel.data.now} aheadMs={panel.data.aheadMs} />
          <WalkResults walks={panel.data.walks} />
          <Mailbox mails={panel.data.mails} />
          <CallList panel={panel.data} />
        </div>
      )}
    </Page>
  )
}

/** Emails that journeys sent, newest first. */
function Mailbox({ mails }: Pick<DevPanel, 'mails'>) {
  return (
    <section aria-labelledby="dev-mails">
      <h2 className="heading-2" id="dev-mails">
        Mailbox
      </h2>
      {mails.length === 0 && (
        <p className="about note">Emails of journeys arrive here. None leaves this machine.</p>
      )}
      <ul>
        {mails.map((mail) => (
          <li key={mail.number}>
            <h3 className="medium breaks">{plainText(mail.subject)}</h3>
            <p className="about note">
              {clockTime(mail.sentAt)} to <bdi>{plainText(mail.to.join(', '))}</bdi> from{' '}
              <bdi>{plainText(mail.from)}</bdi>
            </p>
            {mail.codes.map((code) => (
              <CopyField key={code} text={code} label={`Code of ${plainText(mail.subject)}`} />
            ))}
            {mail.links.map((link) => (
              <div key={link} className="dev-link align-center gap-3">
                <CopyField text={link} label={`Link of ${plainText(mail.subject)}`} />
                <a href={link} target="_blank" rel="noreferrer">
                  Open
                </a>
              </div>
            ))}
            <pre className="text-small breaks">{plainText(mail.text)}</pre>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The last results of the project's walks. They run again when files change. */
function WalkResults({ walks }: Pick<DevPanel, 'walks'>) {
  const { isRunning, passed, failures } = walks
  return (
    <section aria-labelledby="dev-walks">
      <h2 className="heading-2" id="dev-walks">
        Walks
      </h2>
      <p role="status">
        {passed} passed, {failures.length} failed{isRunning ? ', running' : ''}
      </p>
      <ul>
        {failures.map(({ title, text }) => (
          <li key={title}>
            <details open={failures.length === 1}>
              <summary className="medium breaks">{title}</summary>
              <pre className="text-small breaks">{text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
