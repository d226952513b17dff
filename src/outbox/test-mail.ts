import type { Timers } from '../base/clock.ts'
import { defined } from '../base/defined.ts'
import type { Mail } from './mail.ts'
import type { MailOutbox } from './mail-outbox.ts'
import { problemOf } from './transport.ts'

/** What a mail server made of a test email. */
export type MailVerdict =
  | 'accepted'
  | 'notSet'
  | 'unreachable'
  | 'timeout'
  | 'certificate'
  | 'encryption'
  | 'credentials'
  | 'sender'
  | 'recipient'
  | 'refused'

/** `status` is the code of the mail server's answer. Its text is left out, because it can repeat the username. */
export type MailTest = { verdict: MailVerdict; status: number | null; message: string }

export type TestMailNeeds = { mailOutbox: Pick<MailOutbox, 'hasServer' | 'pass'>; timers: Timers }

/** An administrator waits for the answer. */
const patienceMs = 10_000

const meanings: Readonly<Record<MailVerdict, string>> = {
  accepted:
    'The mail server accepted the email. If it doesn’t arrive, look into the spam folder and the logs of the mail server.',
  notSet: 'No mail server is set, so emails wait. Set SIDEGATE_SMTP_URL and restart the server.',
  unreachable:
    'The mail server could not be reached. Check the host and port in SIDEGATE_SMTP_URL, and firewalls in between.',
  timeout:
    'The mail server did not answer in 10 seconds. Check the port in SIDEGATE_SMTP_URL, and firewalls in between.',
  certificate:
    'The certificate of the mail server is not trusted, has expired, or is for another host. Use the host name in the certificate, and let Node trust its issuer (NODE_EXTRA_CA_CERTS).',
  encryption:
    'The connection could not be encrypted. Use smtps:// if the port speaks TLS from the start, otherwise smtp://.',
  credentials: 'The mail server did not accept the user and password in SIDEGATE_SMTP_URL.',
  sender:
    'The mail server did not accept the sender. Set SIDEGATE_MAIL_FROM, or the sender in the settings of the root realm.',
  recipient: 'The mail server did not accept the recipient.',
  refused: 'The mail server refused the email.',
}

/** Sends an email of a realm at once, without the queue. */
export async function sendTestMail(
  { mailOutbox, timers }: TestMailNeeds,
  realm: string,
  mail: Mail,
): Promise<MailTest> {
  if (!mailOutbox.hasServer) return { verdict: 'notSet', status: null, message: meanings.notSet }
  const sent = mailOutbox.pass(realm, mail).then(
    () => ({ verdict: 'accepted' as const, status: null }),
    (error: unknown) => verdictOn(error),
  )
  let cancel = () => {}
  const late = new Promise<{ verdict: 'timeout'; status: null }>((resolve) => {
    cancel = timers.after(patienceMs, () => resolve({ verdict: 'timeout', status: null }))
  })
  const { verdict, status } = await Promise.race([sent, late])
  cancel()
  return { verdict, status, message: meanings[verdict] }
}

/** A fixed text from the sender of the realm. */
export function plainTestMail(to: string): Mail {
  return { from: '', to, subject: 'Test email from Sidegate', body: text, isHtml: false }
}

const text = 'An administrator of Sidegate sent this email to test the mail server. There is nothing to do.'

function verdictOn(error: unknown): { verdict: MailVerdict; status: number | null } {
  const { code, response } = problemOf(error)
  const { command = '', originalCode = '' } = detailsOf(error)
  const status = response ?? null
  if (/CERT|LEAF_SIGNATURE|HOSTNAME/.test(originalCode)) return { verdict: 'certificate', status }
  if (code === 'ETLS' || /SSL/.test(originalCode)) return { verdict: 'encryption', status }
  if (code === 'EAUTH' || code === 'ENOAUTH' || response === 530) return { verdict: 'credentials', status }
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return { verdict: 'timeout', status }
  if (response !== undefined)
    return { verdict: command === 'MAIL FROM' ? 'sender' : ofRecipient(command), status }
  return { verdict: code === 'EENVELOPE' || code === 'EMESSAGE' ? 'refused' : 'unreachable', status }
}

function ofRecipient(command: string): MailVerdict {
  return command === 'RCPT TO' ? 'recipient' : 'refused'
}

/** nodemailer keeps the code of the system or of TLS, and names the command that failed. */
function detailsOf(error: unknown): { command?: string; originalCode?: string } {
  if (!(error instanceof Error)) return {}
  const text = (name: string) => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? value : undefined
  }
  return defined({ command: text('command'), originalCode: text('originalCode') })
}
