import * as z from 'zod/mini'
import type { TransactionFilter } from '../../api/transactions.ts'
import { textParam } from '../components/text-param.ts'

/** Options of the state filter. */
export const standings = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'In progress' },
  { value: 'approved', label: 'Approved' },
  { value: 'denied', label: 'Denied' },
  { value: 'notMe', label: 'Not me' },
  { value: 'expired', label: 'Expired' },
  { value: 'cancelled', label: 'Cancelled' },
] as const

export type StandingFilter = (typeof standings)[number]['value']

/** The server's filter for each option. "Not me" includes all reported attacks; a refused vouch counts as denied. */
const filters: Readonly<Record<StandingFilter, TransactionFilter>> = {
  all: {},
  open: { state: 'open' },
  approved: { ending: 'approved' },
  denied: { ending: 'denied,wrongCode,notVouched' },
  notMe: { ending: 'notMe,calledMe,wrongPerson,reported' },
  expired: { ending: 'expired' },
  cancelled: { ending: 'cancelled' },
}

/** Kept in the URL, so that links can be shared. */
export const transactionsSearch = z.object({
  show: z.catch(z.optional(z.enum(standings.map(({ value }) => value))), undefined),
  journey: textParam,
  text: textParam,
})

export type TransactionsSearch = z.infer<typeof transactionsSearch>

export function filterOf({ show = 'all', journey, text }: TransactionsSearch): TransactionFilter {
  return { ...filters[show], journey, text }
}
