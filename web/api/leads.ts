import * as z from 'zod/mini'
import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  exportNumbers,
  readNumbers as numbersEndpoint,
  readWall as wallEndpoint,
} from '../../contract/leads.ts'
import { callEndpoint, endpointPath } from './endpoint.ts'
import { apiError, requestFile, sendRequest } from './request.ts'

/** A check on the wall. Times are epoch milliseconds of the server. */
export type WallRow = ItemOf<typeof wallEndpoint>

export type WallAnswer = AnswerOf<typeof wallEndpoint>

export type PeriodNumbers = AnswerOf<typeof numbersEndpoint>

/** The numbers of some checks. */
export type Numbers = PeriodNumbers['total']

export type NumbersGroup = PeriodNumbers['result'][number]

export type Split = NonNullable<PeriodNumbers['by']>

/** From `from` until before `to`, in epoch milliseconds. */
export type Period = { from: number; to: number }

export type ExportFormat = 'csv' | 'ndjson'

/**
 * Reads the running checks of all agents.
 * @param tag of the last answer, if there was one.
 * @returns undefined if nothing changed since then.
 * @throws ApiError 401 or 403 if the person is no lead.
 */
export async function readWall(
  realm: string,
  tag: string | undefined,
  signal: AbortSignal,
): Promise<{ wall: WallAnswer; tag: string | undefined } | undefined> {
  const headers = tag === undefined ? undefined : { 'if-none-match': tag }
  const {
    status,
    body,
    headers: answered,
  } = await sendRequest(endpointPath(wallEndpoint, { realm }), {
    headers,
    signal,
  })
  if (status === 304) return undefined
  if (status >= 400) throw apiError(status, body)
  return { wall: z.parse(wallEndpoint.answer(), body), tag: answered.get('etag') ?? undefined }
}

/** The numbers of a period, with days and hours of the browser's time zone. */
export function readNumbers(
  realm: string,
  { by, ...period }: Period & { by?: Split | undefined },
  signal?: AbortSignal,
): Promise<PeriodNumbers> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return callEndpoint(numbersEndpoint, { realm, query: { ...period, by, zone }, signal })
}

/** The file with the checks of a period. */
export function exportChecks(realm: string, { from, to }: Period, format: ExportFormat): Promise<Blob> {
  return requestFile(endpointPath(exportNumbers, { realm }), { query: { from, to, format } })
}
