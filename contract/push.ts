import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'

const answer = z.object({ messageId: z.string(), jwt: z.string() })

/** Called by authenticator apps. */
export const answerPush = {
  method: 'POST',
  path: 'push/sns/message',
  actions: {
    register: { body: answer, answer: z.object({}) },
    authenticate: { body: answer, answer: z.object({}) },
  },
} as const satisfies Endpoint
