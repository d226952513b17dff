import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import { mailRoutes } from '../outbox/mail.ts'
import type { Passwords } from '../people/passwords/passwords.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { Stores } from '../store/stores.ts'
import type { Gauges } from '../telemetry/metrics/gauges.ts'

type Sources = {
  feed: Pick<LiveFeed, 'size'>
  passwords: Pick<Passwords, 'waiting'>
  scripts: Pick<ScriptEngine, 'waiting'>
  stores: Pick<
    Stores,
    'mails' | 'calls' | 'messages' | 'transactions' | 'cluster' | 'load' | 'health' | 'audit' | 'figures'
  >
}

/** The current fill of queues and pools, read with the metrics. */
export function gaugesOf({ feed, passwords, scripts, stores }: Sources): Gauges {
  // Rejects soon, so that metrics don't wait for a database that hangs.
  const answering = stores.health.check
  return {
    feedReaders: feed.size,
    waitingPasswords: () => passwords.waiting(),
    waitingScripts: () => scripts.waiting(),
    database: stores.load,
    canSave: stores.health.check,
    async openTransactions() {
      await answering()
      const { CREATED, IN_PROGRESS } = await stores.transactions.countOpen(stores.cluster.now())
      return { created: CREATED, in_progress: IN_PROGRESS }
    },
    async outboxes() {
      await answering()
      const [mails, calls, messages] = await Promise.all([
        stores.mails.count(mailRoutes),
        stores.calls.count(),
        stores.messages.count(),
      ])
      return { mails, calls, messages }
    },
    async waitingAudit() {
      await answering()
      return stores.audit.countWaiting()
    },
    async figures() {
      await answering()
      return stores.figures()
    },
    now: stores.cluster.now,
  }
}
