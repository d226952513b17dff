import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

const answer = lazyObject(() => ({ messageId: z.string(), jwt: z.string() }))

/** Called by authenticator apps. */
export const answerPush = {
  method: 'POST',
  path: 'push/sns/message',
  actions: {
    register: { body: answer, answer: lazyObject(() => ({})) },
    authenticate: { body: answer, answer: lazyObject(() => ({})) },
  },
} as const satisfies Endpoint
