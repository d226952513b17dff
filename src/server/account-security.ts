import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { Esvs } from '../esvs/esvs.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import { templateNamed } from '../outbox/email-template.ts'
import type { MailOutbox } from '../outbox/mail-outbox.ts'
import { registeredFactors } from '../people/devices/registered-factors.ts'
import type { Realm } from '../realms/realm.ts'
import { openedDocuments } from '../realms/sealed-documents.ts'
import { withAccountEffects } from '../runtime/account-changes/account-stores.ts'
import { noticeMails } from '../runtime/account-changes/notices.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { logoutWebhookCalls } from '../sessions/logout-webhook-calls.ts'
import type { Stores } from '../store/stores.ts'
import { applicationsOf } from './applications.ts'
import { settingsSealer } from './sealed-settings.ts'
import { valuedDocuments } from './valued-documents.ts'

/** Domains that are created from these stores, and exist by the time an account changes. */
type Later = {
  auditBook: AuditBook
  mailOutbox: MailOutbox
  callOutbox: CallOutbox
  findRealm(path: string): Promise<Realm | undefined>
}

/** Wraps the stores so that changed accounts lose their sessions and their owners are notified. */
export function accountSecurity(
  stores: Stores,
  { keyRing, esvs, log, later }: { keyRing: StoredKeyRing; esvs: Esvs; log: Logger; later(): Later },
): Stores {
  const { now } = stores.cluster
  const documents = valuedDocuments({ esvs, log }, openedDocuments(stores.documents, settingsSealer(keyRing)))
  const templates = valuedDocuments({ esvs, log }, stores.documents)
  const deviceSealer = keyRing.sealer('devices')
  return withAccountEffects(stores, {
    factorsOf: (owner, attributes) => registeredFactors(deviceSealer, owner, attributes),
    noticeMails: noticeMails({
      findRealm: (path) => later().findRealm(path),
      templateNamed: (realm, name) => templateNamed(templates, realm, name),
      mailOutbox: { queued: (...mail) => later().mailOutbox.queued(...mail) },
      now,
      log,
    }),
    callsOf: logoutWebhookCalls({
      documents,
      callOutbox: { queued: (...call) => later().callOutbox.queued(...call) },
      applicationCall: applicationsOf({ stores, keyRing, esvs, log }).applicationCall,
      log,
    }),
    auditBook: {
      waiting: (entry) => later().auditBook.waiting(entry),
      wake: (count) => later().auditBook.wake(count),
    },
    wake() {
      later().mailOutbox.wake()
      later().callOutbox.wake()
    },
    now,
  })
}
