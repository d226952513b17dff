import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { AuditSyslog } from '../audit/audit-syslog.ts'
import type { Alarms } from '../help-desk/alarms/alarms.ts'
import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import type { JourneyCounts } from '../journeys/counts/journey-counts.ts'
import type { SharedCounts } from '../limits/shared-counts.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import type { MailOutbox } from '../outbox/mail-outbox.ts'
import type { MessageOutbox } from '../outbox/message-outbox.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'

type Closable = { close(): Promise<unknown> }

type Parts = {
  feed: Pick<LiveFeed, 'close'>
  /** Undefined: it stays open. */
  server: Closable | undefined
  mailOutbox: Pick<MailOutbox, 'close'>
  callOutbox: Pick<CallOutbox, 'close'>
  messageOutbox: Pick<MessageOutbox, 'close'>
  alarms: Pick<Alarms, 'settle'>
  auditBook: Pick<AuditBook, 'close'>
  syslog: Pick<AuditSyslog, 'close'>
  requestCounts: Pick<SharedCounts, 'settle'>
  journeyCounts: Pick<JourneyCounts, 'settle'>
  scripts: Pick<ScriptEngine, 'close'>
  stores: Closable
  tracing: Pick<Tracing, 'close'>
}

/**
 * Shuts a server down: feed readers are asked to reconnect, open requests get their responses, emails, calls and messages in flight
 * complete while no new ones start, and the database closes last.
 */
export async function shutDown(parts: Parts, log: Logger): Promise<void> {
  // Open feeds and waiting responses would keep the HTTP server from closing.
  parts.feed.close()
  // Messages can be emails, so their mail server is closed afterwards.
  await Promise.all([parts.server?.close(), parts.callOutbox.close(), parts.messageOutbox.close()])
  await parts.mailOutbox.close()
  await parts.alarms.settle()
  await parts.auditBook.close()
  await parts.syslog.close()
  for (const counts of [parts.requestCounts, parts.journeyCounts]) {
    await counts
      .settle()
      .catch((error: unknown) => log.error({ err: error }, 'the last counts were not saved'))
  }
  await parts.scripts.close()
  await parts.stores.close()
  await parts.tracing.close()
}

/** Whether the server wants new requests. A draining server answers them, but reports that it isn't ready. */
export class Readiness {
  isDraining = false

  /** @param delaySeconds time for load balancers to notice. */
  async drain(delaySeconds: number): Promise<void> {
    this.isDraining = true
    if (delaySeconds > 0) await pause(delaySeconds * 1000)
  }
}
