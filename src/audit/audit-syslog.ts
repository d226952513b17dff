import { hostname } from 'node:os'
import type { AuditRow } from './chain.ts'
import type { SyslogAddress } from './syslog-address.ts'
import { syslogMessage } from './syslog-message.ts'
import { type SyslogNeeds, syslogSender } from './syslog-sender.ts'

/** Sends copies of audit rows to a syslog server. The audit book has every row, even if a copy is lost. */
export type AuditSyslog = {
  forward(rows: readonly AuditRow[]): void
  close(): Promise<void>
}

/** @param address undefined to send nothing */
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
