import type { Logger } from 'pino'
import type { QueuedCall } from '../outbox/call.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { callOf, logoutWebhookNamed, type SessionEnd } from './logout-webhook.ts'
import type { Session } from './session.ts'

type Dependencies = {
  documents: Pick<DocumentStore, 'read'>
  callOutbox: Pick<CallOutbox, 'queued'>
  log: Pick<Logger, 'warn'>
}

/** The calls that the end of a session causes: those of the webhooks that its journey registered, as they are now. */
export type CallsAtEnd = (session: Session, why: SessionEnd) => Promise<QueuedCall[]>

/** One that cannot be called does not keep a session from ending: the log says so. */
export function logoutWebhookCalls({ documents, callOutbox, log }: Dependencies): CallsAtEnd {
  return async ({ realm, webhooks, properties }, why) => {
    const calls: QueuedCall[] = []
    for (const name of webhooks) {
      const webhook = await logoutWebhookNamed(documents, realm, name)
      const call = webhook && callOf(webhook, properties, why)
      if (call !== undefined) calls.push(callOutbox.queued(realm, `webhook ${name}`, call))
      else log.warn({ realm, webhook: name }, 'a webhook of a session is gone, or has no address to call')
    }
    return calls
  }
}
