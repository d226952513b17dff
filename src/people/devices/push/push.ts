import { z } from 'zod'
import { jsonObjectSchema } from '../../../base/json.ts'

/** `authenticate`: asks the app of a device to approve a sign-in. `register`: waits for a new device. */
export const pushKinds = ['authenticate', 'register'] as const

export type PushKind = (typeof pushKinds)[number]

/** `used`: a journey has taken the approval. */
const pushStates = ['waiting', 'approved', 'denied', 'used'] as const

/** A question to an authenticator app, which the app answers once. Only the journey that asked can use the answer. */
export const pushSchema = z.object({
  /** SHA-256 of the message id, by which the app answers. */
  idHash: z.string(),
  realm: z.string(),
  kind: z.enum(pushKinds),
  state: z.enum(pushStates),
  personId: z.string(),
  /** Hash of the journey session that asked. */
  journeySession: z.string(),
  /** Sealed {@link PushSecret}. */
  body: z.string(),
  /** Sealed {@link PushAnswer}, once there is one. */
  answer: z.string().optional(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  expiresAt: z.number(),
})

export type Push = z.infer<typeof pushSchema>

/** What an answer must match. */
export const pushSecretSchema = z.object({
  /** The key of the device, base64. */
  secret: z.string(),
  /** Base64. */
  challenge: z.string(),
  /** The number that the person must choose in the app, if there is one. */
  number: z.string().exactOptional(),
})

export type PushSecret = z.infer<typeof pushSecretSchema>

/** What an app answered, without the response to the challenge. */
export const pushAnswerSchema = z.object({
  claims: jsonObjectSchema,
  /** The address of a new device at the push gateway. */
  communicationId: z.string().exactOptional(),
})

export type PushAnswer = z.infer<typeof pushAnswerSchema>

/**
 * A change that is saved with a step. `use` counts once, and only for an approved push. `maxOpen`: with this push, the person
 * must not have more than so many that wait or were denied. The step must count a limit of the person too, so that concurrent
 * steps wait for each other.
 */
export type PushChange = { kind: 'ask'; push: Push; maxOpen?: number } | { kind: 'use'; idHash: string }
