import type { Json, JsonObject } from '../../../base/json.ts'
import { isCheck } from '../../../help-desk/checks/verification.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { RealmSettings } from '../../../realms/realm.ts'

/** Keeps only the members of a notification that the client may see. */
export type NotificationFilter = (data: JsonObject) => JsonObject

/**
 * For a check, keeps only members that the realm lists and that are texts, numbers or booleans: a caller's journey handles
 * passwords and codes, which agents must never see. Notifications of other transactions are not filtered, as in AM.
 */
export function notificationFilter(
  transaction: Pick<Transaction, 'openedBy' | 'subject'>,
  { helpDesk }: Pick<RealmSettings, 'helpDesk'>,
): NotificationFilter {
  return isCheck(transaction) ? filterOf(helpDesk) : unfiltered
}

const unfiltered: NotificationFilter = (data) => data

/** Shared by open feeds. */
const filters = new WeakMap<RealmSettings['helpDesk'], NotificationFilter>()

function filterOf(helpDesk: RealmSettings['helpDesk']): NotificationFilter {
  const existing = filters.get(helpDesk)
  if (existing !== undefined) return existing
  const listed = new Set(helpDesk.notificationKeys)
  // rule H7: otherwise agents see all notifications of a caller's journey
  const filter: NotificationFilter = (data) =>
    Object.fromEntries(Object.entries(data).filter(([key, value]) => listed.has(key) && isPlain(value)))
  filters.set(helpDesk, filter)
  return filter
}

function isPlain(value: Json): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object' || value === null
}
