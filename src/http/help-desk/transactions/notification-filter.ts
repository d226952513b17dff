import type { Json, JsonObject } from '../../../engine/json.ts'
import { isCheck } from '../../../help-desk/checks/verification.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { RealmSettings } from '../../../realms/realm.ts'

/** What readers see of what a caller's journey told. */
export type ShowNotification = (data: JsonObject) => JsonObject

/**
 * Of a check, the members that the realm lists, as far as they are texts, numbers or booleans: the journey of a caller
 * works with passwords and codes, and agents must never see one. Transactions that other journeys open are as AM has them.
 */
export function notificationsOf(
  transaction: Pick<Transaction, 'openedBy' | 'subject'>,
  { helpDesk }: Pick<RealmSettings, 'helpDesk'>,
): ShowNotification {
  if (!isCheck(transaction)) return (data) => data
  const listed = new Set(helpDesk.notificationKeys)
  return (data) =>
    Object.fromEntries(Object.entries(data).filter(([key, value]) => listed.has(key) && isPlain(value)))
}

function isPlain(value: Json): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object' || value === null
}
