import { backchannelNotification } from '../../../nodes/backchannel/backchannel-notification.ts'
import { membersOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const notificationWithoutTransaction: Rule = {
  id: 'notification-without-transaction',
  severity: 'warning',
  what: 'A Backchannel Notification node stands in a journey that nothing opens a transaction with.',
  why: 'Outside of a transaction there is nobody to notify: the node leaves by its error outcome.',
  remedy:
    'Name this journey in a Backchannel Initialize node, or, if a REST client opens the transaction, make it `transactionalOnly`.',
  check(journey, realm) {
    if (mayRunForTransaction(realm, journey.name)) return []
    return membersOf(journey)
      .filter(({ type }) => type === backchannelNotification.type)
      .map(({ id, name }) => ({
        nodeId: id,
        message: `'${name}' notifies of a transaction, and no Backchannel Initialize node starts this journey.`,
      }))
  },
}

/** By itself, or inside of a journey that does. */
function mayRunForTransaction(realm: LintedRealm, name: string, passed = new Set<string>()): boolean {
  if (passed.has(name)) return false
  passed.add(name)
  if (realm.journey(name)?.document.transactionalOnly || realm.openersOf(name).length > 0) return true
  return realm.entrancesOf(name).some(({ journey }) => mayRunForTransaction(realm, journey, passed))
}
