import type { LiveFeed } from './backchannel/live-feed.ts'
import type { TransactionStore } from './backchannel/transaction-store.ts'
import type { CallStore } from './courier/call-store.ts'
import { mailRoutes } from './courier/mail.ts'
import type { MailStore } from './courier/mail-store.ts'
import type { Passwords } from './identities/passwords.ts'
import type { Gauges } from './metrics/gauges.ts'
import type { Neighbours } from './neighbours.ts'
import type { ScriptEngine } from './scripting/script-engine.ts'

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
