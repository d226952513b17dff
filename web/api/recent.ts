import type { AnswerOf } from '../../contract/endpoint.ts'
import { readRecent as recentEndpoint } from '../../contract/help-desk.ts'
import { callEndpoint } from './endpoint.ts'
import { ApiError } from './request.ts'

/** The last 24 hours of a person at the desk. Times are epoch milliseconds. */
export type Recent = AnswerOf<typeof recentEndpoint>

export type Pause = NonNullable<Recent['pause']>

/** @returns null for a person whom the server doesn't know. */
export async function readRecent(
  realm: string,
  personId: string,
  signal?: AbortSignal,
): Promise<Recent | null> {
  try {
    return await callEndpoint(recentEndpoint, { realm, id: personId, signal })
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return null
    throw error
  }
}
