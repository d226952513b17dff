import type { TransactionRow } from '../../api/transactions.ts'
import type { Standing } from '../../check-model/check.ts'
import { plainText } from '../../check-model/plain-text.ts'

const standingLabels: Readonly<Record<string, string>> = {
  created: 'Created',
  opened: 'Opened',
  'signing-in': 'In progress',
  checking: 'In progress',
  verified: 'Approved',
  'not-verified': 'Denied',
  'wrong-code': 'Wrong code',
  'not-me': 'Not me',
  'called-me': 'Attack: somebody called',
  'not-vouched': 'Not vouched',
  'wrong-person': 'Somebody else',
  expired: 'Expired',
  cancelled: 'Cancelled',
}

/** How a transaction stands, in a word. */
export function standingLabel(standing: Standing): string {
  return standingLabels[standing] ?? standing
}

export function subjectOf({ subject }: Pick<TransactionRow, 'subject'>): string {
  return plainText(subject ?? '') || 'Anyone'
}

/** Who opened it. */
export function openerOf({ agent, client }: Pick<TransactionRow, 'agent' | 'client'>): string {
  if (agent !== null) return plainText(agent)
  return client === null ? 'Nobody signed in' : `Client ${plainText(client)}`
}

/** How long ago something was, as tables have room for: `2:18`, `3 h`, `5 days`. */
export function ageOf(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000))
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const hours = Math.floor(seconds / 3_600)
  if (hours < 24) return `${hours} h`
  const days = Math.floor(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}
