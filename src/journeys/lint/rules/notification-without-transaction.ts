import { backchannelNotification } from '../../../nodes/backchannel/backchannel-notification.ts'
import { membersOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const notificationWithoutTransaction: Rule = {
  id: 'notification-without-transaction',
  severity: 'warning',
  what: 'A Backchannel Notification node is in a journey that no transaction starts.',
  why: 'Without a transaction, the node ends with its error outcome.',
  remedy:
    'Name this journey in a Backchannel Initialize node, or, if a REST client opens the transaction, turn on “Transactional only” (`transactionalOnly`).',
  check(journey, realm) {
    if (mayRunForTransaction(realm, journey.name)) return []
    // Inside another journey it runs without a transaction whatever its own switch says.
    const isEntered = journey.document.innerTreeOnly || realm.entrancesOf(journey.name).length > 0
    return membersOf(journey)
      .filter(({ type }) => type === backchannelNotification.type)
      .map(({ id, name }) => ({
        nodeId: id,
        message: `'${name}' needs a transaction, but no Backchannel Initialize node starts this journey.`,
        ...(isEntered ? {} : { turnOn: 'transactionalOnly' as const }),
      }))
  },
}

/** Whether the journey, or one that enters it, can run for a transaction. */
function mayRunForTransaction(realm: LintedRealm, name: string, passed = new Set<string>()): boolean {
  if (passed.has(name)) return false
  passed.add(name)
  if (realm.journey(name)?.document.transactionalOnly || realm.openersOf(name).length > 0) return true
  return realm.entrancesOf(name).some(({ journey }) => mayRunForTransaction(realm, journey, passed))
}
