import * as z from 'zod/mini'
import type { AnswerOf, Endpoint } from '../../contract/endpoint.ts'
import { callEndpoint } from './endpoint.ts'
import { ApiError } from './request.ts'

/** How a person reported an attack: `notMe` or `calledMe`. */
const reportSchema = z.object({ kind: z.string(), at: z.number() })

const recentEndpoint = {
  method: 'GET',
  path: 'help-desk/people/:id/recent',
  answer: z.object({
    checks: z.array(
      z.object({
        reference: z.string(),
        agent: z.nullable(z.string()),
        isOwn: z.boolean(),
        openedAt: z.number(),
        ending: z.nullable(z.string()),
        endedAt: z.nullable(z.number()),
        usedAt: z.nullable(z.number()),
        report: z.nullable(reportSchema),
      }),
    ),
    pause: z.nullable(z.object({ until: z.number(), reportedAt: z.number(), kind: z.string() })),
    lifts: z.array(z.object({ at: z.number(), by: z.string(), reason: z.string() })),
  }),
} as const satisfies Endpoint

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
