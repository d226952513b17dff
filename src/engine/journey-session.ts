import { z } from 'zod'
import { type Callback, callbackTypes } from './callbacks.ts'
import { persistentCookieSchema } from './cookie.ts'
import { endDetailsSchema, successDetailsSchema } from './end-details.ts'
import { jsonObjectSchema } from './json.ts'
import { proofSchema } from './methods.ts'

/** Where a journey stands. The last frame is the innermost; the ones before wait for it to end. */
const frameSchema = z.object({
  journey: z.string(),
  nodeId: z.string(),
  /** Whether an error inside leads to the outcome `error` of the node that entered this journey. */
  hasErrorOutcome: z.boolean(),
  /** Private state of the journey around this one, set aside while this one runs. */
  outer: z.object({ secure: jsonObjectSchema, transient: jsonObjectSchema }).optional(),
})

const callbackSchema: z.ZodType<Callback> = z.object({
  type: z.enum(callbackTypes),
  output: jsonObjectSchema,
  input: jsonObjectSchema.exactOptional(),
  id: z.number().exactOptional(),
})

/** What the nodes of a journey decided about the session that a success will create. */
const sessionWishesSchema = z.object({
  properties: z.record(z.string(), z.string()),
  maxSessionMinutes: z.number().optional(),
  maxIdleMinutes: z.number().optional(),
  persistentCookies: z.array(persistentCookieSchema).optional(),
  webhooks: z.array(z.string()).optional(),
})

/**
 * A login under way: the engine's part of what is stored between two requests.
 * Versioned JSON; an unreadable one fails that login alone.
 */
export const journeySessionSchema = z.object({
  v: z.literal(1),
  position: z.array(frameSchema).min(1),
  shared: jsonObjectSchema,
  secure: jsonObjectSchema,
  /** What the client was asked last. */
  pending: z.array(callbackSchema),
  /** Whether it waits for its resume link rather than for answers. */
  isSuspended: z.boolean(),
  identified: z.object({ kind: z.enum(['user', 'agent']), name: z.string() }).optional(),
  session: sessionWishesSchema,
  errorMessage: z.string().optional(),
  lockoutMessage: z.string().optional(),
  successDetails: successDetailsSchema.optional(),
  failureDetails: endDetailsSchema.optional(),
  errorDetails: endDetailsSchema.optional(),
  /** How long the whole journey may take, where a node said so. */
  journeyMinutes: z.number().optional(),
  /** Attributes of the person to remove when the journey succeeds. */
  voidOnSuccess: z.array(z.string()).optional(),
  /** What proved right so far, oldest first. */
  proofs: z.array(proofSchema).optional(),
  /** The time of the last step that changed a person. Epoch milliseconds. */
  changedPersonAt: z.number().optional(),
})

export type JourneySession = z.infer<typeof journeySessionSchema>
export type Frame = z.infer<typeof frameSchema>

/** A journey at its first node. */
export function beginJourney(
  journey: { name: string; entryNodeId: string },
  shared: JourneySession['shared'],
) {
  return {
    v: 1,
    position: [{ journey: journey.name, nodeId: journey.entryNodeId, hasErrorOutcome: false }],
    shared,
    secure: {},
    pending: [],
    isSuspended: false,
    session: { properties: {} },
  } satisfies JourneySession
}

/** The frame that is running. */
export function innermost(session: JourneySession): Frame {
  const frame = session.position.at(-1)
  if (frame === undefined) throw new Error('a journey session has no position')
  return frame
}
