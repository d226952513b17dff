import type { TransactionRow } from '../../api/transactions.ts'
import type { Standing } from '../../check-model/check.ts'
import { plainText } from '../../check-model/plain-text.ts'

const standingLabels: Readonly<Record<string, string>> = {
  created: 'Created',
  opened: 'Opened',
  'signing-in': 'In progress',
  checking: 'In progress',
  ready: 'Approved',
  'not-enough': 'Approved, not enough',
  waiting: 'Approved, waiting',
  used: 'Approved, used',
  over: 'Approved, not used',
  withdrawn: 'Approved, withdrawn',
  paused: 'Approved, paused',
  unbound: 'Approved, can’t be used',
  proven: 'Approved',
  'not-verified': 'Denied',
  'wrong-code': 'Wrong code',
  'not-me': 'Not me',
  'called-me': 'Attack reported',
  reported: 'Attack reported elsewhere',
  'not-vouched': 'Not vouched',
  'wrong-person': 'Wrong person',
  expired: 'Expired',
  cancelled: 'Cancelled',
}

/** Label of the transaction's state. */
export function standingLabel(standing: Standing): string {
  return standingLabels[standing] ?? standing
}

export function subjectOf({ subject }: Pick<TransactionRow, 'subject'>): string {
  return plainText(subject ?? '') || 'Anyone'
}

export function openerOf({ agent, client }: Pick<TransactionRow, 'agent' | 'client'>): string {
  if (agent !== null) return plainText(agent)
  return client === null ? 'Anonymous' : `Client ${plainText(client)}`
}

/** Age in short form: `2:18`, `3 h`, `5 days`. */
export function ageOf(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000))
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const hours = Math.floor(seconds / 3_600)
  if (hours < 24) return `${hours} h`
  const days = Math.floor(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}
