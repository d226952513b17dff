import { badRequest } from '../../../base/errors.ts'

export type Period = { from: number; to: number }

/** Checks are kept for 30 days after they expire; a longer period only costs time. */
const maxDays = 92

/**
 * The period that a request asks for.
 * @throws RequestError 400 if a limit is missing or no time, or if the period is empty or too long.
 */
export function periodIn(query: URLSearchParams): Period {
  const from = timeIn(query, 'from')
  const to = timeIn(query, 'to')
  if (from >= to) throw badRequest('The query parameter from must be before to')
  if (to - from > maxDays * 86_400_000) {
    throw badRequest(`The query parameters from and to must be at most ${maxDays} days apart`)
  }
  return { from, to }
}

function timeIn(query: URLSearchParams, name: 'from' | 'to'): number {
  const text = query.get(name) ?? ''
  if (!/^\d{1,14}$/.test(text))
    throw badRequest(`The query parameter ${name} must be a time in epoch milliseconds`)
  return Number(text)
}
