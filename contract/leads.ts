import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedObject } from './lazy.ts'
import { pageOf } from './page.ts'
import { transactionRowSchema } from './transactions.ts'

/** A check on the wall. It has no code, no link and no object id. Times are epoch milliseconds. */
const wallRowSchema = lazy(() =>
  z.extend(
    z.omit(transactionRowSchema(), {
      _id: true,
      subjectId: true,
      reason: true,
      lastText: true,
      sentAt: true,
      grant: true,
    }),
    {
      /** When the caller's journey first started. */
      openedAt: z.nullable(z.number()),
      failedSignIns: z.number(),
      wrongCodes: z.number(),
      /** Agents who have another running check of the same person. */
      alsoCheckedBy: z.array(z.string()),
    },
  ),
)

/** A check that waits for a second agent, before there is a link. Times are epoch milliseconds. */
const awaitedSchema = lazyObject(() => ({
  /** Names the request, and gives access to nothing. */
  _id: z.string(),
  subject: z.string(),
  action: z.nullable(z.string()),
  checkTitle: z.string(),
  agent: z.string(),
  /** Whether the agent is the reader. */
  isOwn: z.boolean(),
  createdAt: z.number(),
  expiresAt: z.number(),
}))

export const readWall = endpoint('GET', 'help-desk/wall', {
  answer: lazyExtend(pageOf(wallRowSchema), () => ({
    /** The server's time: compare it with the times of the rows, whatever the clock of the client says. */
    now: z.number(),
    /** Whether there are more running checks than the list has. */
    hasMore: z.boolean(),
    /** Requests to second agents that nobody has answered, oldest first; at most 100. */
    awaited: z.array(awaitedSchema()),
  })),
})

/** What the numbers of a period are split by. Days and hours are those of `zone`. */
const splits = ['check', 'action', 'agent', 'ending', 'day', 'hour'] as const

const periodQuery = lazyObject(() => ({
  /** Epoch milliseconds. Checks count if they started at or after `from` and before `to`. */
  from: z.number(),
  to: z.number(),
}))

/** Milliseconds; null if nothing was measured. */
const timesSchema = namedObject('Times', () => ({
  median: z.nullable(z.number()),
  p90: z.nullable(z.number()),
}))

const endingsSchema = namedObject('Endings', () => ({
  approved: z.number(),
  denied: z.number(),
  notMe: z.number(),
  calledMe: z.number(),
  notVouched: z.number(),
  wrongPerson: z.number(),
  wrongCode: z.number(),
  /** Ended by a report in another check of the same person. */
  reported: z.number(),
  cancelled: z.number(),
  expired: z.number(),
}))

const numbersSchema = lazyObject(() => ({
  checks: z.number(),
  /** Without an ending yet. */
  open: z.number(),
  /** The number of checks by how they ended. */
  endings: endingsSchema(),
  /** Of the approved ones, those whose result an agent used. */
  used: z.number(),
  /** From the start of the check until the caller's journey started, and until the caller was verified. */
  toOpened: timesSchema(),
  toVerified: timesSchema(),
}))

export const readNumbers = endpoint('GET', 'help-desk/numbers', {
  query: lazyExtend(periodQuery, () => ({
    by: z.optional(z.enum(splits)),
    /** An IANA time zone. Default: UTC. */
    zone: z.optional(z.string()),
  })),
  answer: lazyObject(() => ({
    from: z.number(),
    to: z.number(),
    now: z.number(),
    by: z.nullable(z.enum(splits)),
    total: numbersSchema(),
    /** The groups of `by`. `key` is null for checks without a value; `name` is a text for people. */
    result: z.array(z.extend(numbersSchema(), { key: z.nullable(z.string()), name: z.nullable(z.string()) })),
    resultCount: z.number(),
    /** Whether there are more groups than the list has. */
    hasMore: z.boolean(),
  })),
})

export const exportFormats = ['csv', 'ndjson'] as const

/** The answer is a file: CSV, or JSON objects one a line. */
export const exportNumbers = endpoint('GET', 'help-desk/numbers/export', {
  query: lazyExtend(periodQuery, () => ({ format: z.optional(z.enum(exportFormats)) })),
})
