import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

/** The periods that counts are read for. */
export const countPeriods = ['hour', 'day', 'month'] as const

export const readCounts = endpoint('GET', 'journeys/:name/counts', {
  query: lazyObject(() => ({
    /** Default: `day`. */
    period: z.optional(z.enum(countPeriods)),
    /** Counts only this version of the journey, by its number in the history. */
    version: z.optional(z.int()),
  })),
  answer: lazyObject(() => ({
    /** Beginning of the period; epoch milliseconds. Counts are exact to ten minutes, and to an hour after a day. */
    since: z.number(),
    /** The versions that sign-ins used in the period, newest first. */
    versions: z.array(
      z.object({
        /** Null: older than the history. */
        number: z.nullable(z.number()),
        savedAt: z.nullable(z.number()),
        savedBy: z.nullable(z.string()),
        note: z.nullable(z.string()),
        starts: z.number(),
      }),
    ),
    connections: z.array(
      z.object({
        /** `startNode` for the start. */
        nodeId: z.string(),
        /** Empty for the start. */
        outcome: z.string(),
        count: z.number(),
        /** Median from the arrival at the node until it was left by this outcome. Null if it was not measured. */
        medianMs: z.nullable(z.number()),
      }),
    ),
    /** How often nodes ended their journey with an error. */
    errors: z.array(z.object({ nodeId: z.string(), count: z.number() })),
  })),
})
