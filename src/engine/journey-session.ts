import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'
import { type Callback, callbackTypes } from './callbacks.ts'
import { persistentCookieSchema } from './cookie.ts'
import { endDetailsSchema, successDetailsSchema } from './end-details.ts'
import { proofSchema } from './methods.ts'

/** A position in a journey. The last frame of a session runs; the ones before wait for it. */
const frameSchema = z.object({
  journey: z.string(),
  nodeId: z.string(),
  /** Whether an error inside takes the `error` outcome of the node that entered this journey. */
  hasErrorOutcome: z.boolean(),
  /** Secure and transient state of the outer journey, set aside while this one runs. */
  outer: z.object({ secure: jsonObjectSchema, transient: jsonObjectSchema }).optional(),
})

const callbackSchema: z.ZodType<Callback> = z.object({
  type: z.enum(callbackTypes),
  output: jsonObjectSchema,
  input: jsonObjectSchema.exactOptional(),
  id: z.number().exactOptional(),
})

/** Settings for the session that a success creates. */
const sessionWishesSchema = z.object({
  properties: z.record(z.string(), z.string()),
  maxSessionMinutes: z.number().optional(),
  maxIdleMinutes: z.number().optional(),
  sessionEndsAt: z.number().optional(),
  persistentCookies: z.array(persistentCookieSchema).optional(),
  webhooks: z.array(z.string()).optional(),
})

/** A person by the username or object id that the journey uses. Others can get both after the person was removed. */
const knownPersonSchema = z.object({ name: z.string(), id: z.string(), createdAt: z.number() })

/**
 * A journey in progress: the engine's part of the data stored between requests. If it is unreadable, only this journey fails.
 */
export const journeySessionSchema = z.object({
  v: z.literal(1),
  position: z.array(frameSchema).min(1),
  shared: jsonObjectSchema,
  secure: jsonObjectSchema,
  /** The callbacks sent last. */
  pending: z.array(callbackSchema),
  /** Whether it waits for its resume link instead of answers. */
  isSuspended: z.boolean(),
  identified: z.object({ kind: z.enum(['user', 'agent']), name: z.string() }).optional(),
  session: sessionWishesSchema,
  errorMessage: z.string().optional(),
  lockoutMessage: z.string().optional(),
  successDetails: successDetailsSchema.optional(),
  failureDetails: endDetailsSchema.optional(),
  errorDetails: endDetailsSchema.optional(),
  /** Maximum duration of the journey, if a node set it. */
  journeyMinutes: z.number().optional(),
  /** Attributes of the person to remove when the journey succeeds. */
  voidOnSuccess: z.array(z.string()).optional(),
  /** Credentials proved so far, oldest first. */
  proofs: z.array(proofSchema).optional(),
  /** Ids of people whose right password doesn't count, because they have to change it first. */
  duePasswords: z.array(z.string()).optional(),
  /** Node types whose stand-ins chose an outcome. */
  standIns: z.array(z.string()).optional(),
  /** The people that names in state and in proofs denote, as they were when the journey first knew them. Absent in older journeys. */
  known: z.array(knownPersonSchema).optional(),
  /** Epoch milliseconds of the last step that changed a person. */
  changedPersonAt: z.number().optional(),
})

export type JourneySession = z.infer<typeof journeySessionSchema>
export type KnownPerson = z.infer<typeof knownPersonSchema>
export type Frame = z.infer<typeof frameSchema>

/** A session at the journey's first node. */
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

/** The running frame. */
export function innermost(session: JourneySession): Frame {
  const frame = session.position.at(-1)
  if (frame === undefined) throw new Error('a journey session has no position')
  return frame
}
