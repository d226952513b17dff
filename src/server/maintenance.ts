import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { Cancel, Timers } from '../base/clock.ts'
import { StorageError } from '../base/errors.ts'
import { countsKeptMs, type JourneyCounts, slotsKeptMs } from '../journeys/counts/journey-counts.ts'
import { everyRealm } from '../journeys/history/version-store.ts'
import type { SharedCounts } from '../limits/shared-counts.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { recordVerifiedRealms } from '../starters/verified-realms.ts'
import type { Stores } from '../store/stores.ts'
import type { KeyRotation } from './key-rotation.ts'

/** Interval of the cleanup, and how long ended data is kept first. */
export const cleanupIntervalMs = 10 * 60_000
const retentionMs = 24 * 3_600_000

/** The same for journeys that got no answer at all. */
const unansweredIntervalMs = 60_000
const unansweredRetentionMs = 2 * 60_000

/** How long agents find checks in their history, and administrators find deliveries of webhooks. */
const historyMs = 30 * 24 * 3_600_000

/** Interval in which expired sessions end, expired checks are reported to webhooks, and new keys are read. */
const expiryIntervalMs = 60_000

/** Interval in which the servers of a cluster share their request counts. */
const countsIntervalMs = 1000

/** Interval in which the counts of connections are saved. */
const connectionsIntervalMs = 2000

type Domains = {
  auditBook: AuditBook
  sessions: Sessions
  callOutbox: CallOutbox
  keyRotation: KeyRotation
  requestCounts: SharedCounts
  journeyCounts: JourneyCounts
  lastCleanup: LastCleanup
}

/** Epoch milliseconds of the last cleanup of this server that ended, and of one that failed since. */
export type LastCleanup = { doneAt: number | undefined; failedAt: number | undefined }

/**
 * Starts the recurring work of a server. Every server of a cluster does it, and two at once do no harm.
 * @returns a function that stops it.
 */
export function startMaintenance(stores: Stores, domains: Domains, timers: Timers, log: Logger): () => void {
  const { auditBook, sessions, callOutbox, keyRotation, requestCounts, journeyCounts } = domains
  const { lastCleanup } = domains
  const { now } = stores.cluster

  function every(intervalMs: number, failure: string, work: () => Promise<unknown>): Cancel {
    return timers.every(intervalMs, () => {
      // An outage of the database has one line of its own.
      work().catch((error: unknown) => {
        if (!(error instanceof StorageError)) log.error({ err: error }, `${failure}, will retry`)
      })
    })
  }

  async function cleanUp(): Promise<void> {
    const ended = now() - retentionMs
    const old = now() - historyMs
    await stores.steps.deleteExpired(ended)
    await recordVerifiedRealms(stores)
    await stores.transactions.deleteEndedContent(ended)
    await stores.transactions.deleteEnded(old)
    await stores.verifications.deleteOrphans()
    await stores.shortCodes.deleteExpired(now())
    await stores.pushes.deleteExpiredBefore(ended)
    await stores.approvals.deleteCreatedBefore(old)
    await stores.alarms.deleteRaisedBefore(old)
    await stores.mails.deleteCreatedBefore(ended)
    await stores.calls.deleteCreatedBefore(ended)
    await stores.messages.deleteExpiredBefore(ended)
    await stores.webhooks.deleteDeliveriesBefore(old)
    await stores.sessions.deleteExpired(now())
    await stores.oauth.deleteExpired(now())
    await stores.limits.deleteEnded(now())
    await stores.cluster.exclusively(() => stores.counts.mergeIntoHours(now() - slotsKeptMs))
    await stores.counts.deleteBefore(now() - countsKeptMs)
    await deleteOldVersions()
    await auditBook.removeOld()
    await keyRotation.maintain()
  }

  async function recorded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      Object.assign(lastCleanup, { doneAt: now(), failedAt: undefined })
    } catch (error) {
      lastCleanup.failedAt = now()
      throw error
    }
  }

  /** What all realms share is kept as the root realm says. */
  async function deleteOldVersions(): Promise<void> {
    for (const { path, settings } of await stores.realms.all()) {
      await stores.versions.deleteOld(path, settings.versionsKept)
      if (path === '/') await stores.versions.deleteOld(everyRealm, settings.versionsKept)
    }
  }

  async function reportExpiredChecks(): Promise<void> {
    if ((await stores.webhooks.enqueueExpired(now() - retentionMs, now())) > 0) callOutbox.wake()
  }

  const running = [
    every(cleanupIntervalMs, 'cleanup failed', () => recorded(cleanUp)),
    every(unansweredIntervalMs, 'cleanup of unanswered journeys failed', () =>
      stores.steps.deleteUnanswered(now() - unansweredRetentionMs),
    ),
    every(expiryIntervalMs, 'ending expired sessions failed', () => sessions.endOverdue()),
    every(expiryIntervalMs, 'reporting expired checks to webhooks failed', reportExpiredChecks),
    every(expiryIntervalMs, 'reading new keys failed', () => keyRotation.refresh()),
    every(countsIntervalMs, 'sharing request counts failed', () => requestCounts.settle()),
    every(connectionsIntervalMs, 'saving counts of connections failed', () => journeyCounts.settle()),
  ]
  return () => {
    for (const cancel of running) cancel()
  }
}
