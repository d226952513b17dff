import type { AuditBook } from '../audit/audit-book.ts'
import type { LiveFeed } from '../help-desk/transactions/live-feed.ts'
import type { SigningKeyStore } from '../oauth/signing-keys.ts'
import type { RealmDirectory } from '../realms/realm-directory.ts'
import type { Neighbours } from '../store/cluster.ts'

type Listeners = {
  feed: LiveFeed
  realms: RealmDirectory
  signingKeys: SigningKeyStore
  auditBook: AuditBook
}

/**
 * Has this server take notice of what others on the same database save. Journeys need no hint: whoever starts one asks
 * whether the configuration is a newer one.
 */
export function listenToNeighbours(
  neighbours: Neighbours,
  { feed, realms, signingKeys, auditBook }: Listeners,
): void {
  const readConfigurationAgain = () => {
    realms.forgetAll()
    signingKeys.forgetAll()
    // A failure leaves the settings as they were: the next hint, or the next start, reads them.
    auditBook.refresh().catch(() => undefined)
  }
  neighbours.listen({
    hear(topic, subject) {
      if (topic === 'transaction') feed.heard(subject)
      else readConfigurationAgain()
    },
    lost() {
      feed.heard()
      readConfigurationAgain()
    },
  })
}
