import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

/** Times are epoch milliseconds of the server's clock. Newest first in each list. */
const panelSchema = lazyObject(() => ({
  now: z.number(),
  /** How far the clock is ahead of the system's, in milliseconds. */
  aheadMs: z.number(),
  mails: z.array(
    z.object({
      number: z.number(),
      sentAt: z.number(),
      from: z.string(),
      to: z.array(z.string()),
      subject: z.string(),
      text: z.string(),
      links: z.array(z.string()),
      codes: z.array(z.string()),
    }),
  ),
  calls: z.array(
    z.object({
      number: z.number(),
      madeAt: z.number(),
      method: z.string(),
      url: z.string(),
      answer: z.union([z.number(), z.string()]),
      /** The reply that answered it. */
      mock: z.nullable(z.string()),
      /** The YAML that would answer it; null if it was answered. */
      yaml: z.nullable(z.string()),
    }),
  ),
  /** Method and URL of the replies, in order. */
  mocks: z.array(z.string()),
  allowedHosts: z.array(z.string()),
  /** Whether calls to the allowed hosts are really made. */
  isOpen: z.boolean(),
  /** Things that both sides changed, with the differences of each side. */
  conflicts: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      files: z.array(z.string()),
      server: z.array(z.string()),
    }),
  ),
  /** Why changes wait. */
  problems: z.array(z.string()),
  walks: z.object({
    isRunning: z.boolean(),
    passed: z.number(),
    /** Walks that failed or can't be played, and files that can't be read. */
    failures: z.array(z.object({ title: z.string(), text: z.string() })),
  }),
}))

/** Exists only in a server of `sidegate dev`. */
export const readDevPanel = endpoint('GET', 'global-config/dev', { answer: panelSchema })

export const changeDev = endpoint('POST', 'global-config/dev', {
  actions: {
    pass: {
      body: lazyObject(() => ({
        minutes: z.int('must be a whole number').check(z.minimum(1), z.maximum(525_600)),
      })),
      answer: panelSchema,
    },
    /** A reply as in walks, in YAML. */
    addReply: {
      body: lazyObject(() => ({ yaml: z.string().check(z.maxLength(100_000)) })),
      answer: panelSchema,
    },
    open: { body: lazyObject(() => ({ isOpen: z.boolean() })), answer: panelSchema },
    take: {
      body: lazyObject(() => ({ key: z.string(), side: z.enum(['files', 'server']) })),
      answer: panelSchema,
    },
  },
})
