import type { Logger } from 'pino'
import type { QueuedCall } from '../outbox/call.ts'
import type { Messenger } from '../outbox/messenger.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { Session } from './session.ts'
import { callOf, type SessionEnd, webhookNamed } from './webhook.ts'

type Dependencies = {
  documents: Pick<DocumentStore, 'read'>
  messenger: Pick<Messenger, 'queued'>
  log: Pick<Logger, 'warn'>
}

/** The calls that the end of a session causes: those of the webhooks that its journey registered, as they are now. */
export type CallsAtEnd = (session: Session, why: SessionEnd) => Promise<QueuedCall[]>

/** One that cannot be called does not keep a session from ending: the log says so. */
export function webhookCalls({ documents, messenger, log }: Dependencies): CallsAtEnd {
  return async ({ realm, webhooks, properties }, why) => {
    const calls: QueuedCall[] = []
    for (const name of webhooks) {
      const webhook = await webhookNamed(documents, realm, name)
      const call = webhook && callOf(webhook, properties, why)
      if (call !== undefined) calls.push(messenger.queued(realm, `webhook ${name}`, call))
      else log.warn({ realm, webhook: name }, 'a webhook of a session is gone, or has no address to call')
    }
    return calls
  }
}
