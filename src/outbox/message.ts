import { z } from 'zod'

/** Channels to telephones, for links and codes. */
export const telephoneChannels = ['sms', 'voice'] as const

export const messageChannels = [...telephoneChannels, 'push'] as const

/** `sent`: a gateway accepted the message. `delivered` and `failed` are final. */
export const messageStates = ['queued', 'sent', 'delivered', 'failed'] as const

export type MessageState = (typeof messageStates)[number]

/** The states before each change. States only move forward: storage checks this in the update itself. */
export const earlierStates = {
  sent: ['queued'],
  delivered: ['queued', 'sent'],
  failed: ['queued', 'sent'],
} as const satisfies Record<Exclude<MessageState, 'queued'>, readonly MessageState[]>

export type MessageChange = keyof typeof earlierStates

export const queuedMessageSchema = z.object({
  id: z.string(),
  realm: z.string(),
  channel: z.enum(messageChannels),
  state: z.enum(messageStates),
  /** The transaction whose link the message contains. Its states are recorded in the transaction's timeline. */
  transactionHash: z.string().optional(),
  /** SHA-256 of the token in the address for delivery reports. */
  tokenHash: z.string(),
  /** Sealed `Message`; empty once the message has left. */
  body: z.string(),
  /** Attempts so far. */
  attempts: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  dueAt: z.number(),
  /** From then on it is useless: it is neither sent, nor does a delivery report count. */
  expiresAt: z.number(),
  /** The masked number, for administrators. */
  about: z.string().optional(),
  /** Why the last attempt failed, in the words of `GatewayResult`; undefined during an attempt. */
  problem: z.string().optional(),
})

/** A message as it is stored. */
export type QueuedMessage = z.infer<typeof queuedMessageSchema>
