import type { Logger } from 'pino'
import type { Transactions } from '../help-desk/transactions/transactions.ts'
import { MailOutbox } from '../outbox/mail-outbox.ts'
import type { MailSettings } from '../outbox/transport.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import type { Stores } from '../store/stores.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { Outside } from './outside.ts'

type Needs = {
  config: MailSettings
  stores: Pick<Stores, 'mails' | 'cluster'>
  keyRing: StoredKeyRing
  realms: Pick<RealmStore, 'read'>
  transactions: Pick<Transactions, 'linkMailed'>
  tracing: Tracing
  log: Logger
  outside: Outside
}

/** Sends the emails of all realms, each from the sender that its realm sets. */
export function outgoingMail({
  config,
  stores,
  keyRing,
  realms,
  transactions,
  tracing,
  log,
  outside,
}: Needs): MailOutbox {
  return new MailOutbox({
    store: stores.mails,
    sealer: keyRing.sealer('mails'),
    transport: outside.mail(config),
    senderOf: async (realm) => (await realms.read(realm))?.settings.mail ?? { from: '', replyTo: '' },
    linkMailed: (mail) => transactions.linkMailed(mail),
    tracing,
    now: stores.cluster.now,
    timers: outside.timers,
    log,
  })
}
