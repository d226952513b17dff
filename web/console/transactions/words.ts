import type { Standing } from '../../check/check.ts'
import { plainText } from '../../check/plain-text.ts'
import type { TransactionRow } from '../../wire/transactions.ts'

/** How a transaction stands, in a word. */
export function standingWord(standing: Standing): string {
  switch (standing) {
    case 'created':
      return 'Created'
    case 'opened':
      return 'Opened'
    case 'signing-in':
    case 'checking':
      return 'In progress'
    case 'verified':
      return 'Approved'
    case 'not-verified':
      return 'Denied'
    case 'not-me':
      return 'Not me'
    case 'somebody-else':
      return 'Somebody else'
    case 'expired':
      return 'Expired'
    case 'cancelled':
      return 'Cancelled'
  }
}

export function isAlarm(standing: Standing): boolean {
  return standing === 'not-me' || standing === 'somebody-else'
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
