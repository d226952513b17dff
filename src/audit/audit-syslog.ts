import { hostname } from 'node:os'
import type { AuditRow } from './chain.ts'
import type { SyslogAddress } from './syslog-address.ts'
import { syslogMessage } from './syslog-message.ts'
import { type SyslogNeeds, syslogSender } from './syslog-sender.ts'

/** Copies of audit rows for a syslog server. What it does not get stays in the audit book, which is the truth. */
export type AuditSyslog = {
  forward(rows: readonly AuditRow[]): void
  close(): Promise<void>
}

/** @param address undefined for nobody */
export function auditSyslog(
  address: SyslogAddress | undefined,
  needs: Omit<SyslogNeeds, 'address'>,
): AuditSyslog {
  if (address === undefined) return { forward: () => undefined, close: async () => undefined }
  const sender = syslogSender({ address, ...needs })
  const from = { hostName: hostname(), processId: process.pid }
  return {
    forward: (rows) => sender.send(rows.map((row) => syslogMessage(row, from))),
    close: () => sender.close(),
  }
}
