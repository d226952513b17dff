import * as z from 'zod/mini'
import type { TransactionFilter } from '../../wire/transactions.ts'
import { addressText } from '../frame/address-text.ts'

/** What of a realm's transactions the list can be narrowed to. */
export const standings = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Under way' },
  { value: 'approved', label: 'Approved' },
  { value: 'denied', label: 'Denied' },
  { value: 'notMe', label: 'Not me' },
  { value: 'expired', label: 'Expired' },
  { value: 'cancelled', label: 'Cancelled' },
] as const

export type ShownStanding = (typeof standings)[number]['value']

/** The address keeps what is looked for: it can be sent to a colleague. */
export const transactionsSearch = z.object({
  show: z.catch(z.optional(z.enum(standings.map(({ value }) => value))), undefined),
  journey: addressText,
  text: addressText,
})

export type TransactionsSearch = z.infer<typeof transactionsSearch>

export function filterOf({ show = 'all', journey, text }: TransactionsSearch): TransactionFilter {
  const standing = show === 'all' ? {} : show === 'open' ? { state: 'open' } : { ending: show }
  return { ...standing, journey, text }
}
