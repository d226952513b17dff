import { badRequest } from '../../errors.ts'

/**
 * A time in the query, in ISO 8601 or epoch milliseconds.
 * @throws RequestError 400 for anything else.
 */
export function timeParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const time = /^\d{1,15}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(text)
      : Number.NaN
  if (Number.isNaN(time)) throw badRequest(`The query parameter ${name} must be a time in ISO 8601`)
  return time
}

/** `2026-01-31T08:00:00.123Z`. */
export function isoMilliseconds(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
