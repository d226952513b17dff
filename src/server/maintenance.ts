import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { VerificationStore } from '../help-desk/checks/verification-store.ts'
import type { TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import type { ReceiverStore } from '../help-desk/webhooks/receiver-store.ts'
import type { JointCounts } from '../limits/joint-counts.ts'
import type { LimitStore } from '../limits/limit-store.ts'
import type { OauthStore } from '../oauth/oauth-store.ts'
import type { CallStore } from '../outbox/call-store.ts'
import type { MailStore } from '../outbox/mail-store.ts'
import type { Messenger } from '../outbox/messenger.ts'
import type { StepStore } from '../runtime/step-store.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Neighbours } from '../store/cluster.ts'
import type { KeyRotation } from './key-rotation.ts'

/** How often what has ended is forgotten, and how long it is kept first. */
const forgetEveryMs = 10 * 60_000
const keepMs = 24 * 3_600_000

/** How often journeys that nobody answered are forgotten, and how long after their end. */
const forgetUnansweredEveryMs = 60_000
const keepUnansweredMs = 2 * 60_000

/** How long agents find checks in their history, and administrators what was told of them. */
const keepHistoryMs = 30 * 24 * 3_600_000

/** How often webhooks learn of sessions and checks whose time is over, and a server of keys that another made. */
const lookEveryMs = 60_000

/** How often servers tell each other how many requests came from where. */
const settleEveryMs = 1000

type Forgetful = {
  steps: StepStore
  transactions: TransactionStore
  verifications: VerificationStore
  mails: MailStore
  calls: CallStore
  receivers: ReceiverStore
  sessions: SessionStore
  oauth: OauthStore
  limits: LimitStore
  neighbours: Neighbours
}

type Tidied = {
  auditBook: AuditBook
  sessions: Sessions
  messenger: Messenger
  keyRotation: KeyRotation
  requestCounts: JointCounts
}

/** What happens from time to time, on every server: two at once do no harm. @returns what ends it. */
export function tidy(
  stores: Forgetful,
  { auditBook, sessions, messenger, keyRotation, requestCounts }: Tidied,
  log: Logger,
): () => void {
  const endOverdue = () =>
    sessions.endOverdue().catch((error: unknown) => {
      log.error({ err: error }, 'sessions whose time is over could not be ended; the next round tries again')
    })
  const tellExpired = async () => {
    try {
      const now = stores.neighbours.now()
      if ((await stores.receivers.oweExpired(now - keepMs, now)) > 0) messenger.wake()
    } catch (error) {
      log.error({ err: error }, 'nobody was told of checks whose time is over; the next round tries again')
    }
  }
  const readKeys = () =>
    keyRotation.refresh().catch((error: unknown) => {
      log.error({ err: error }, 'keys could not be read; the next round tries again')
    })
  const forgetUnanswered = () =>
    stores.steps.forgetUnanswered(stores.neighbours.now() - keepUnansweredMs).catch((error: unknown) => {
      log.error({ err: error }, 'cleanup of unanswered journeys failed, will retry')
    })
  const settle = () =>
    requestCounts.settle().catch((error: unknown) => {
      log.error(
        { err: error },
        'how many requests came could not be written down; the next round tries again',
      )
    })
  const timers = [
    setInterval(() => forget(stores, { auditBook, keyRotation }, log), forgetEveryMs),
    setInterval(forgetUnanswered, forgetUnansweredEveryMs),
    setInterval(endOverdue, lookEveryMs),
    setInterval(tellExpired, lookEveryMs),
    setInterval(readKeys, lookEveryMs),
    setInterval(settle, settleEveryMs),
  ]
  for (const timer of timers) timer.unref()
  return () => timers.forEach((timer) => void clearInterval(timer))
}

async function forget(
  stores: Forgetful,
  { auditBook, keyRotation }: Pick<Tidied, 'auditBook' | 'keyRotation'>,
  log: Logger,
): Promise<void> {
  try {
    const now = stores.neighbours.now()
    const before = now - keepMs
    await stores.steps.forget(before)
    await stores.transactions.forgetContent(before)
    await stores.transactions.forget(now - keepHistoryMs)
    await stores.verifications.forget()
    await stores.mails.forget(before)
    await stores.calls.forget(before)
    await stores.receivers.forget(now - keepHistoryMs)
    await stores.sessions.forget(now)
    await stores.oauth.forget(now)
    await stores.limits.forget(now)
    await auditBook.removeOld()
    await keyRotation.tidy()
  } catch (error) {
    log.error({ err: error }, 'what has ended could not be forgotten; the next round tries again')
  }
}
