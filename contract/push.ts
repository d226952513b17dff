import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

const answer = lazyObject(() => ({ messageId: z.string(), jwt: z.string() }))

/** Called by authenticator apps. */
export const answerPush = endpoint('POST', 'push/sns/message', {
  actions: {
    register: { body: answer, answer: lazyObject(() => ({})) },
    authenticate: { body: answer, answer: lazyObject(() => ({})) },
  },
})
