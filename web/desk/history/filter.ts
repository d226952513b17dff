import { withoutIsolates } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'

/** The choices of results, and what the server lists for each. */
export const resultFilters = [
  { value: 'all', label: 'All', query: {} },
  { value: 'open', label: 'In progress', query: { state: 'open' } },
  { value: 'proven', label: 'Identity proven', query: { ending: 'approved' } },
  { value: 'not-verified', label: 'Not verified', query: { ending: 'denied,wrongCode,notVouched' } },
  { value: 'not-me', label: 'Not me', query: { ending: 'notMe,calledMe,wrongPerson,reported' } },
  { value: 'rest', label: 'Unfinished', query: { ending: 'expired,cancelled' } },
] as const satisfies readonly {
  value: string
  label: Text
  query: { state?: string; ending?: string }
}[]

export type ResultFilter = (typeof resultFilters)[number]['value']

/** The choice that has checks with an ending; `open` for those without one. */
export function filterOf(ending: string): ResultFilter {
  const has = ({ query }: { query: HistoryQuery }) => query.ending?.split(',').includes(ending) === true
  return ending === 'open' ? 'open' : (resultFilters.find(has)?.value ?? 'all')
}

/** The choice in a URL. */
export function filterNamed(name: string | undefined): ResultFilter {
  return resultFilters.find(({ value }) => value === name)?.value ?? 'all'
}

type HistoryQuery = { state?: string; ending?: string; text?: string }

/** What the server is asked for: it searches all kept checks, however many. */
export function historyQuery(result: ResultFilter, text: string): HistoryQuery {
  const chosen = resultFilters.find(({ value }) => value === result)
  const words = withoutIsolates(text).trim()
  return { ...chosen?.query, ...(words === '' ? {} : { text: words }) }
}
