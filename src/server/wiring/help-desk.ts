import type { AuditBook } from '../../audit/audit-book.ts'
import { Approvals } from '../../help-desk/approvals/approvals.ts'
import { Verifications } from '../../help-desk/checks/verifications.ts'
import { ShortCodes } from '../../help-desk/short-codes/short-codes.ts'
import { createLiveFeed, withListener } from '../../help-desk/transactions/live-feed.ts'
import type { TransactionChange } from '../../help-desk/transactions/transaction.ts'
import { Transactions } from '../../help-desk/transactions/transactions.ts'
import type { Limits } from '../../limits/limits.ts'
import type { CallOutbox } from '../../outbox/call-outbox.ts'
import type { RealmDirectory } from '../../realms/realm-directory.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import { wireAlarms } from './alarms.ts'
import type { Foundation } from './storage.ts'

/** The live feed. @param metrics is called later: metrics show how many readers the feed has. */
export function wireFeed({ config, stores }: Foundation, metrics: () => Metrics) {
  return createLiveFeed((idHash) => stores.cluster.publish('transaction', idHash), {
    all: config.maxFeeds,
    perAddress: config.maxFeedsPerAddress,
    refused: (problem) => metrics().limitReached(problem),
  })
}

type Needs = Foundation & {
  feed: ReturnType<typeof wireFeed>
  metrics: Metrics
  callOutbox: CallOutbox
  limits: Limits
  auditBook: AuditBook
  realms: RealmDirectory
}

/** Transactions and the checks of help desks. */
export function wireHelpDesk(needs: Needs) {
  const { stores, keyRing, feed, metrics, callOutbox, limits } = needs
  const { now } = stores.cluster
  const alarms = wireAlarms(needs)
  // A changed transaction may have a delivery for a webhook.
  const watchedFeed = withListener(feed, () => callOutbox.wake())
  const saved = (kind: TransactionChange['kind']) => {
    metrics.transaction(kind)
    if (kind === 'create') callOutbox.wake()
  }
  const transactions = new Transactions(stores.transactions, watchedFeed, now, saved, alarms)
  const verifications = new Verifications({
    store: stores.verifications,
    transactions,
    sealer: keyRing.sealer('verification-codes'),
    limits,
    alarms,
    now,
  })
  const shortCodes = new ShortCodes({
    store: stores.shortCodes,
    transactions,
    keys: () => keyRing.keys('short-codes'),
    sealer: keyRing.sealer('short-code-links'),
    limits,
    now,
  })
  const approvals = new Approvals(stores.approvals, now, () => callOutbox.wake())
  return { alarms, transactions, verifications, shortCodes, approvals }
}
