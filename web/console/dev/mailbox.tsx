import type { DevPanel } from '../../api/dev.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime } from '../../check-model/times.ts'
import { CopyField } from '../../design/copy-field.tsx'

/** Emails that journeys sent, newest first. */
export function Mailbox({ mails }: Pick<DevPanel, 'mails'>) {
  return (
    <section aria-labelledby="dev-mails">
      <h2 id="dev-mails">Mailbox</h2>
      {mails.length === 0 && (
        <p className="about">Emails of journeys arrive here. None leaves this machine.</p>
      )}
      <ul>
        {mails.map((mail) => (
          <li key={mail.number}>
            <h3>{plainText(mail.subject)}</h3>
            <p className="about">
              {clockTime(mail.sentAt)} to <bdi>{plainText(mail.to.join(', '))}</bdi> from{' '}
              <bdi>{plainText(mail.from)}</bdi>
            </p>
            {mail.codes.map((code) => (
              <CopyField key={code} text={code} label={`Code of ${plainText(mail.subject)}`} />
            ))}
            {mail.links.map((link) => (
              <div key={link} className="dev-link">
                <CopyField text={link} label={`Link of ${plainText(mail.subject)}`} />
                <a href={link} target="_blank" rel="noreferrer">
                  Open
                </a>
              </div>
            ))}
            <pre>{plainText(mail.text)}</pre>
          </li>
        ))}
      </ul>
    </section>
  )
}
