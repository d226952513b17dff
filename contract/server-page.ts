import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyObject, namedObject } from './lazy.ts'

const adviceSchema = lazyObject(() => ({
  /** `danger`: unsafe as it is. `missing`: something doesn't work. */
  kind: z.enum(['danger', 'missing']),
  text: z.string(),
}))

const settingSchema = lazyObject(() => ({
  /** The environment variables that set it. */
  variables: z.array(z.string()),
  group: z.enum(['address', 'email', 'connections', 'storage', 'keys', 'limits', 'shutdown', 'observation']),
  title: z.string(),
  /** For people. Never a secret. */
  value: z.string(),
  isDefault: z.boolean(),
  advice: z.nullable(adviceSchema()),
}))

/** How much of a bounded place is used. */
const fillSchema = lazyObject(() => ({ used: z.number(), max: z.number() }))

/** Times are epoch milliseconds. */
const healthSchema = lazyObject(() => ({
  version: z.string(),
  node: z.string(),
  database: z.object({
    kind: z.enum(['sqlite', 'postgresql']),
    version: z.string(),
    migration: z.string(),
    /** Units that wait for a connection. */
    waiting: z.number(),
    /** Why it can't save now; null if it can. */
    problem: z.nullable(z.enum(['full', 'readOnly', 'failing', 'away'])),
    /** On disk. */
    bytes: z.nullable(z.number()),
    /** Of SQLite's write-ahead log; null of PostgreSQL. */
    walBytes: z.nullable(z.number()),
    /** By `sidegate backup`; null if it never made one. */
    lastBackupAt: z.nullable(z.number()),
    /** Audit entries that are not chained yet, at most 50,000. */
    waitingAudit: z.number(),
    /** When the oldest entry of the outboxes was made. */
    oldestUnsentAt: z.nullable(z.number()),
  }),
  /** Whether other servers use the same database now; null if unknown. */
  hasOthers: z.nullable(z.boolean()),
  now: z.number(),
  startedAt: z.number(),
  /** The last cleanup that ended, and one that failed since. */
  cleanup: z.object({
    doneAt: z.nullable(z.number()),
    failedAt: z.nullable(z.number()),
    everyMinutes: z.number(),
  }),
  workers: fillSchema(),
  feeds: fillSchema(),
  unansweredJourneys: fillSchema(),
  waitingPasswords: fillSchema(),
  waitingScripts: fillSchema(),
  openTransactions: z.number(),
}))

const outboxKinds = lazy(() => z.enum(['mail', 'message', 'call']))

/** An entry of an outbox. Never its content, and of a recipient only what agents see. */
const outboxEntrySchema = lazyObject(() => ({
  _id: z.string(),
  kind: outboxKinds(),
  realm: z.string(),
  /** The masked recipient, or the cause of a call. */
  about: z.nullable(z.string()),
  /** Of messages. */
  channel: z.nullable(z.enum(['sms', 'voice', 'push'])),
  /** `waiting`: before the first attempt. `sending`: an attempt is under way. `retrying`: between attempts. `failed`: given up. */
  state: z.enum(['waiting', 'sending', 'retrying', 'failed']),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  attempts: z.number(),
  nextAt: z.nullable(z.number()),
  /** The code of the last failure. */
  problem: z.nullable(z.string()),
}))

const testMailAnswer = namedObject('TestMail', () => ({
  verdict: z.enum([
    'accepted',
    'notSet',
    'unreachable',
    'timeout',
    'certificate',
    'encryption',
    'credentials',
    'sender',
    'recipient',
    'refused',
  ]),
  /** The code of the mail server's answer. */
  status: z.nullable(z.number()),
  /** The meaning, and what to do. */
  message: z.string(),
}))

const path = 'global-config/server'

export const readServer = endpoint('GET', path, {
  answer: lazyObject(() => ({
    settings: z.array(settingSchema()),
    /** Advice that belongs to no setting. */
    advice: z.array(adviceSchema()),
    health: healthSchema(),
  })),
})

export const testServer = endpoint('POST', path, {
  actions: {
    testMail: {
      body: lazyObject(() => ({
        // rule R13: otherwise test emails go to several addresses at once
        to: z
          .string('must be an email address')
          .check(z.maxLength(254, 'must be an email address'), z.email('must be one email address')),
      })),
      answer: testMailAnswer,
    },
  },
})

export const listOutbox = endpoint('GET', 'global-config/server/outbox', {
  /** The newest entries of each kind. */
  answer: lazyObject(() => ({ result: z.array(outboxEntrySchema()), isCut: z.boolean() })),
})

export const changeOutbox = endpoint('POST', 'global-config/server/outbox/:kind/:id', {
  actions: {
    tryNow: { answer: lazyObject(() => ({ _id: z.string() })) },
    /** Needs a recent sign-in. `about`: the masked recipient, or the cause of a call. */
    discard: {
      answer: lazyObject(() => ({ _id: z.string(), realm: z.string(), about: z.optional(z.string()) })),
    },
  },
})

export const testMessaging = endpoint('POST', 'realm-config/messaging', {
  actions: {
    test: {
      body: lazyObject(() => ({
        channel: z.enum(['sms', 'voice'], 'must be sms or voice'),
        to: z.string('must be a telephone number').check(z.maxLength(40, 'must be a telephone number')),
      })),
      answer: lazyObject(() => ({
        verdict: z.enum(['accepted', 'notSet', 'refused', 'unreachable', 'trouble', 'unsure', 'settings']),
        /** The status or code of the gateway's answer. */
        code: z.nullable(z.string()),
        message: z.string(),
      })),
    },
  },
})

export const testEmailTemplate = endpoint('POST', 'realm-config/email-templates/:name', {
  actions: {
    test: {
      body: lazyObject(() => ({
        locale: z.string('must be a language').check(z.maxLength(35, 'must be a language')),
      })),
      answer: testMailAnswer,
    },
  },
})
