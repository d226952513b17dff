import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { pageOf } from './page.ts'

const path = 'journey-sessions'

/** Outcomes of a journey session. */
export const sessionOutcomes = ['underway', 'success', 'failure'] as const

const summaryMembers = {
  _id: z.string(),
  journey: z.string(),
  outcome: z.string(),
  step: z.number(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  expiresAt: z.number(),
  /** How many nodes ran. */
  nodes: z.number(),
  user: z.optional(z.string()),
  isWatched: z.boolean(),
}

export const listJourneySessions = {
  method: 'GET',
  path,
  query: z.object({
    journey: z.optional(z.string()),
    outcome: z.optional(z.enum(sessionOutcomes)),
    /** Name of a watch. */
    watch: z.optional(z.string()),
  }),
  answer: pageOf(z.object(summaryMembers)),
} as const satisfies Endpoint

export const watchRun = {
  method: 'POST',
  path,
  actions: {
    watch: {
      body: z.object({
        journey: z.optional(z.string('must be text').check(z.minLength(1, 'must not be empty'))),
      }),
      answer: z.object({
        watch: z.string(),
        /** A secret: sent in the header, it records one run with its values. */
        key: z.string(),
        header: z.string(),
        expiresAt: z.number(),
      }),
    },
  },
} as const satisfies Endpoint

export const readJourneySession = {
  method: 'GET',
  path: `${path}/:id`,
  answer: z.object({
    ...summaryMembers,
    /** Whether the record was too long and lacks steps. */
    isCut: z.boolean(),
    /** What each node did, in order. */
    steps: z.array(z.looseObject({ nodeId: z.string(), nodeType: z.string(), title: z.string() })),
    trace: z.array(z.unknown()),
    /** Names of the state keys. */
    state: z.object({ shared: z.array(z.string()), secure: z.array(z.string()) }),
  }),
} as const satisfies Endpoint
