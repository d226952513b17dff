import type { OutboxEntry } from '../../api/server-page.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { timeInText } from '../components/relative-time.ts'

export function kindLabel({ kind, channel }: Pick<OutboxEntry, 'kind' | 'channel'>): string {
  if (kind === 'mail') return 'Email'
  if (kind === 'call') return 'Call'
  if (channel === 'push') return 'Push notification'
  return channel === 'voice' ? 'Voice call' : 'Text message'
}

/** The state, with the number of attempts and the time of the next one. */
export function stateLabel({ state, attempts, nextAt }: OutboxEntry): string {
  const tried = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  switch (state) {
    case 'waiting':
      return 'Not tried yet'
    case 'sending':
      return `Being sent, ${tried}`
    case 'retrying':
      return nextAt === null ? `Waits, ${tried}` : `Waits, ${tried}; next ${timeInText(nextAt)}`
    case 'failed':
      return `Given up, ${tried}`
  }
}

/** Codes of nodemailer and of our own refusals. */
const mailProblems: Readonly<Record<string, string>> = {
  EAUTH: 'User or password not accepted',
  ENOAUTH: 'User and password needed',
  ECONNECTION: 'Connection closed',
  EDNS: 'Host name unknown',
  EENVELOPE: 'Sender or recipient refused',
  EFENCED: 'Host not allowed by SIDEGATE_SMTP_ALLOW',
  EMESSAGE: 'Email refused',
  EPROTOCOL: 'Unexpected answer',
  ESOCKET: 'No connection, or certificate not trusted',
  ETIMEDOUT: 'No answer in time',
  ETLS: 'Connection could not be encrypted',
}

/** A failure in words, with the code that the other server answered. */
export function problemLabel(kind: OutboxEntry['kind'], problem: string): string {
  if (problem === 'discarded') return 'Discarded by an administrator'
  if (kind === 'message') return plainText(problem)
  if (kind === 'call') {
    return problem === 'no answer' ? 'No answer' : `Answered with ${plainText(problem)}`
  }
  const [code = '', status] = problem.split(' ')
  const words = Object.hasOwn(mailProblems, code) ? mailProblems[code] : undefined
  const told = words ?? plainText(code)
  return status === undefined ? told : `${told} (${plainText(status)})`
}
