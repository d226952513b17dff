import type { AuditBook } from '../audit/audit-book.ts'
import type { Esvs } from '../esvs/esvs.ts'
import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import type { SigningKeyStore } from '../oauth/signing-keys.ts'
import type { RealmDirectory } from '../realms/realm-directory.ts'
import type { Stores } from '../store/stores.ts'

type Caches = {
  feed: LiveFeed
  realms: RealmDirectory
  signingKeys: SigningKeyStore
  auditBook: AuditBook
  esvs: Esvs
}

/**
 * Drops cached data when another server of the cluster saves. Journeys don't need this: each start compares the version of
 * the configuration.
 */
export function subscribeToCluster(
  stores: Pick<Stores, 'cluster' | 'forgetConfiguration'>,
  { feed, realms, signingKeys, auditBook, esvs }: Caches,
): void {
  const dropConfiguration = () => {
    stores.forgetConfiguration()
    realms.invalidateAll()
    signingKeys.invalidateAll()
    esvs.invalidate()
    // After an error the old settings stay in force until the next wake-up or start.
    auditBook.refresh().catch(() => undefined)
  }
  stores.cluster.subscribe({
    wakeUp(topic, subject) {
      if (topic === 'transaction') feed.wakeUp(subject)
      else dropConfiguration()
    },
    lost() {
      feed.wakeUp()
      dropConfiguration()
    },
  })
}
