import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Transactions } from '../help-desk/transactions/transactions.ts'
import { gatewayFor } from '../outbox/gateways/providers.ts'
import type { MailOutbox } from '../outbox/mail-outbox.ts'
import { MessageOutbox } from '../outbox/message-outbox.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { withOpenSecrets } from '../realms/sealed-realms.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Stores } from '../store/stores.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { Outside } from './outside.ts'

type Needs = {
  config: Pick<Config, 'httpAllow'>
  stores: Pick<Stores, 'messages' | 'cluster'>
  keyRing: StoredKeyRing
  /** Seals secret settings. */
  settings: Sealer
  realms: Pick<RealmStore, 'read'>
  transactions: Pick<Transactions, 'changed'>
  mailOutbox: Pick<MailOutbox, 'pass'>
  tracing: Tracing
  log: Logger
  outside: Outside
}

/** Sends the messages of all realms, each through the gateways of its realm and behind the fence of outgoing calls. */
export function outgoingMessages({
  config,
  stores,
  keyRing,
  settings: sealer,
  realms,
  transactions,
  mailOutbox,
  tracing,
  log,
  outside,
}: Needs): MessageOutbox {
  // Redirects are not followed, because requests contain credentials.
  const options = { allowedHosts: config.httpAllow, isStatusOnly: true, maxBodyBytes: 65_536 }
  const client = outside.http(options)
  return new MessageOutbox({
    store: stores.messages,
    sealer: keyRing.sealer('messages'),
    async gatewayFor(path, channel) {
      const realm = await realms.read(path)
      return realm && gatewayFor(withOpenSecrets(realm.settings.messaging, sealer), channel)
    },
    send: (request) => client(request),
    mail: (realm, mail) => mailOutbox.pass(realm, mail),
    changed: (transactionHash) => transactions.changed(transactionHash),
    tracing,
    now: stores.cluster.now,
    timers: outside.timers,
    log,
  })
}
