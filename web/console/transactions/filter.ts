import * as z from 'zod/mini'
import type { TransactionFilter } from '../../api/transactions.ts'
import { textParam } from '../components/text-param.ts'

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

export type StandingFilter = (typeof standings)[number]['value']

/** How the server is asked for them. "Not me" has all attacks; a refused vouch is a denial. */
const filters: Readonly<Record<StandingFilter, TransactionFilter>> = {
  all: {},
  open: { state: 'open' },
  approved: { ending: 'approved' },
  denied: { ending: 'denied,wrongCode,notVouched' },
  notMe: { ending: 'notMe,calledMe,wrongPerson' },
  expired: { ending: 'expired' },
  cancelled: { ending: 'cancelled' },
}

/** The address keeps what is looked for: it can be sent to a colleague. */
export const transactionsSearch = z.object({
  show: z.catch(z.optional(z.enum(standings.map(({ value }) => value))), undefined),
  journey: textParam,
  text: textParam,
})

export type TransactionsSearch = z.infer<typeof transactionsSearch>

export function filterOf({ show = 'all', journey, text }: TransactionsSearch): TransactionFilter {
  return { ...filters[show], journey, text }
}
