import type { Logger } from 'pino'
import type { OutgoingCall, QueuedCall } from '../outbox/call.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { callOf, logoutWebhookNamed, type SessionEnd } from './logout-webhook.ts'
import type { Session } from './session.ts'

type Dependencies = {
  documents: Pick<DocumentStore, 'read'>
  callOutbox: Pick<CallOutbox, 'queued'>
  /** The call for an application in the list. `undefined`: it is a webhook. `null`: it is no longer told. */
  applicationCall(session: Session, name: string): Promise<OutgoingCall | null | undefined>
  log: Pick<Logger, 'warn'>
}

/** The calls of a session's logout webhooks, with the webhooks' current settings. */
export type CallsAtEnd = (session: Session, why: SessionEnd) => Promise<QueuedCall[]>

/** A logout webhook that can't be called is logged, and the session ends anyway. */
export function logoutWebhookCalls(from: Dependencies): CallsAtEnd {
  const { documents, callOutbox, log } = from
  return async (session, why) => {
    const { realm, webhooks, properties } = session
    const calls: QueuedCall[] = []
    for (const name of webhooks) {
      const told = await from.applicationCall(session, name)
      if (told) calls.push(callOutbox.queued(realm, 'sign-out of an application', told))
      if (told !== undefined) continue
      const webhook = await logoutWebhookNamed(documents, realm, name)
      const call = webhook && callOf(webhook, properties, why)
      if (call !== undefined) calls.push(callOutbox.queued(realm, `webhook ${name}`, call))
      else log.warn({ realm, webhook: name }, 'a logout webhook is missing or has no URL')
    }
    return calls
  }
}
