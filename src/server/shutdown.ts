import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { AuditSyslog } from '../audit/audit-syslog.ts'
import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import type { JointCounts } from '../limits/joint-counts.ts'
import type { Courier } from '../outbox/courier.ts'
import type { Messenger } from '../outbox/messenger.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'

type Closable = { close(): Promise<unknown> }

/** What has to end. */
type Parts = {
  feed: Pick<LiveFeed, 'close'>
  server: Closable
  courier: Pick<Courier, 'close'>
  messenger: Pick<Messenger, 'close'>
  auditBook: Pick<AuditBook, 'close'>
  syslog: Pick<AuditSyslog, 'close'>
  requestCounts: Pick<JointCounts, 'settle'>
  scripts: Pick<ScriptEngine, 'close'>
  stores: Closable
  tracing: Pick<Tracing, 'close'>
  stopTidying(): void
}

/**
 * Ends a server in good order: readers of feeds go elsewhere, requests under way get their answers, mails and calls on
 * their way arrive while no more are taken, and only then does the database close.
 */
export async function stopParts(parts: Parts, log: Logger): Promise<void> {
  parts.stopTidying()
  // Held answers and feeds would keep the server from closing.
  parts.feed.close()
  await Promise.all([parts.server.close(), parts.courier.close(), parts.messenger.close()])
  await parts.auditBook.close()
  await parts.syslog.close()
  await parts.requestCounts.settle().catch((error: unknown) => {
    log.error({ err: error }, 'how many requests came last could not be written down')
  })
  await parts.scripts.close()
  await parts.stores.close()
  await parts.tracing.close()
}

/** Whether a server is about to stop: it then says that it is not ready, while it still serves. */
export class Readiness {
  isStopping = false

  /** Whoever hands out requests has so long to notice. */
  async leave(delaySeconds: number): Promise<void> {
    this.isStopping = true
    if (delaySeconds > 0) await pause(delaySeconds * 1000)
  }
}
