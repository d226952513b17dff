import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import type { TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import type { CallStore } from '../outbox/call-store.ts'
import { mailRoutes } from '../outbox/mail.ts'
import type { MailStore } from '../outbox/mail-store.ts'
import type { Passwords } from '../people/passwords/passwords.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { Neighbours } from '../store/cluster.ts'
import type { Gauges } from '../telemetry/metrics/gauges.ts'

type Measured = {
  feed: Pick<LiveFeed, 'size'>
  passwords: Pick<Passwords, 'waiting'>
  scripts: Pick<ScriptEngine, 'waiting'>
  stores: {
    mails: Pick<MailStore, 'count'>
    calls: Pick<CallStore, 'count'>
    transactions: Pick<TransactionStore, 'countOpen'>
    neighbours: Pick<Neighbours, 'now'>
    load: Gauges['database']
  }
}

/** Where queues stand and pools fill up, for whoever reads the metrics. */
export function gaugesOf({ feed, passwords, scripts, stores }: Measured): Gauges {
  return {
    feedReaders: feed.size,
    waitingPasswords: () => passwords.waiting(),
    waitingScripts: () => scripts.waiting(),
    database: stores.load,
    async openTransactions() {
      const { CREATED, IN_PROGRESS } = await stores.transactions.countOpen(stores.neighbours.now())
      return { created: CREATED, in_progress: IN_PROGRESS }
    },
    async outboxes() {
      const { mails, calls } = stores
      const [ofMails, ofCalls] = await Promise.all([mails.count(mailRoutes), calls.count()])
      return { mails: ofMails, calls: ofCalls }
    },
  }
}
