import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyLooseObject, lazyObject, namedObject } from './lazy.ts'
import { pageOf } from './page.ts'
import { issuedShortCodeSchema } from './short-codes.ts'
import { codeSchema, eventSchema, transactionQuery, transactionRowSchema } from './transactions.ts'

export const readDesk = endpoint('GET', 'help-desk', {
  /** `locale`: the language of `actionTexts`, before those of the header. */
  query: lazyObject(() => ({ locale: z.optional(z.string()) })),
  answer: lazyObject(() => ({
    organisation: z.string(),
    agent: z.nullable(z.object({ _id: z.string(), userName: z.string(), displayName: z.string() })),
    /** The agent's name as callers see it; null if they see only the organisation. */
    shownToCallers: z.nullable(z.string()),
    checks: z.array(
      z.object({
        journey: z.string(),
        title: z.string(),
        description: z.string(),
        /** Whether its page asks for the caller's email address. */
        takesMail: z.boolean(),
        lifeSeconds: z.number(),
        /** The highest level that the caller can reach, 0 to 3. */
        level: z.number(),
        /** Whether a second agent can approve it. */
        hasSecondAgent: z.boolean(),
      }),
    ),
    actions: z.array(z.string()),
    /** The actions that have a translation, in the agent's language. */
    actionTexts: z.record(z.string(), z.string()),
    transactionSeconds: z.number(),
    canMail: z.boolean(),
    /** How a link can be sent: `email`, `sms` and `voice`. */
    channels: z.array(z.enum(['email', 'sms', 'voice'])),
    mayLiftPauses: z.boolean(),
    /** Whether the agent sees the checks of all agents, the wall and the numbers. */
    isLead: z.boolean(),
  })),
})

/** A possible caller. Further members are the attributes that the realm lists in `helpDesk.fields`. */
export const possibleCallerSchema = lazyLooseObject(() => ({
  _id: z.string(),
  hasMail: z.boolean(),
  /** Whether there is a telephone number on file. */
  hasNumber: z.boolean(),
  /** Epoch milliseconds. */
  pausedUntil: z.nullable(z.number()),
}))

export const findPeople = endpoint('GET', 'help-desk/people', {
  query: lazyObject(() => ({ q: z.string().check(z.minLength(2), z.maxLength(64)) })),
  answer: lazyExtend(pageOf(possibleCallerSchema), () => ({ hasMore: z.boolean() })),
})

export const changePerson = endpoint('POST', 'help-desk/people/:id', {
  actions: {
    liftPause: {
      /**
       * Why checks of this person can go on, for the audit trail and for agents of later checks. `until`: the end of the pause that
       * the lead read: a report that came later stays, with its pause.
       */
      body: lazyObject(() => ({
        // rule H27: otherwise a pause is lifted without a reason
        reason: z.string('must say why').check(z.trim(), z.minLength(1, 'must say why'), z.maxLength(200)),
        until: z.optional(z.int('must be the end of the pause in epoch milliseconds')),
      })),
      answer: lazyObject(() => ({ isLifted: z.boolean(), pausedUntil: z.nullable(z.number()) })),
    },
  },
})

const requirementSchema = namedObject('Requirement', () => ({
  level: z.number(),
  secondAgent: z.boolean(),
  delayMinutes: z.number(),
  /** Names of policies and settings. */
  because: z.array(z.string()),
  /** With a second agent and this delay, one factor suffices instead of the level. Absent where it doesn't. */
  recoveryMinutes: z.optional(z.number()),
}))

const grantStateSchema = namedObject('GrantState', () => ({
  /** Only a `ready` result can be used. The first one that applies counts, in this order, before `ready`. */
  state: z.enum([
    ...['none', 'used', 'withdrawn', 'over', 'paused'],
    ...['unbound', 'weak', 'needsSecondAgent', 'waiting', 'ready'],
  ] as const),
  /** Why it is `unbound`: the caller typed no code, or the check has no action. */
  reason: z.optional(z.enum(['noCode', 'noAction'])),
  /** When the pause ends. */
  until: z.optional(z.number()),
  neededLevel: z.optional(z.number()),
  /** When a delayed result can be used. Epoch milliseconds, like all times. */
  usableAt: z.optional(z.number()),
  expiresAt: z.optional(z.number()),
  usedAt: z.optional(z.number()),
  usedBy: z.optional(z.string()),
  /** When and by which agent it was withdrawn; missing if the caller rejected the check. */
  withdrawnAt: z.optional(z.number()),
  withdrawnBy: z.optional(z.string()),
}))

/** How the caller of a check proved who they are, and whether the result may be used. */
const verificationSchema = lazyObject(() => ({
  code: codeSchema(),
  reverseCode: codeSchema(),
  triesLeft: z.number(),
  matchedAt: z.nullable(z.number()),
  /** Whether the caller typed the code that the agent read out. */
  isBound: z.boolean(),
  methods: z.array(z.string()),
  level: z.number(),
  /** What the use of the result needs, and the names of the policies that say so. */
  needs: requirementSchema(),
  grant: grantStateSchema(),
}))

/** Policies and actions of the realm that no offered check satisfies. */
export const listUnmetPolicies = endpoint('GET', 'realm-config/help-desk/unmet-policies', {
  answer: lazyObject(() => ({
    result: z.array(z.object({ policy: z.string(), message: z.string() })),
    /** Actions for which no offered check is enough. */
    actions: z.array(z.string()),
  })),
})

export const readRequirements = endpoint('GET', 'help-desk/people/:id/requirements', {
  query: lazyObject(() => ({ action: z.optional(z.string()) })),
  answer: lazyObject(() => ({
    needs: requirementSchema(),
    /** The person's registered factors, and when an address or number last changed (epoch milliseconds). */
    person: z.object({
      passkeys: z.number(),
      /** Authenticator apps with codes. */
      apps: z.number(),
      /** Devices for push notifications. */
      push: z.number(),
      hasManager: z.boolean(),
      numberChangedAt: z.nullable(z.number()),
      mailChangedAt: z.nullable(z.number()),
      /** Whether the password is temporary. No check accepts such a password. */
      mustChangePassword: z.boolean(),
    }),
    checks: z.array(
      z.object({
        journey: z.string(),
        /** Reasons why its result can't be used; empty for a check that suffices. */
        lacks: z.array(
          z.enum([
            ...['tooWeak', 'needsSecondAgent'],
            /** Its caller types no code, so that nobody can ever use the result. */
            'noCode',
            /** This person has registered no factor with which they can pass it. */
            'noFactor',
          ] as const),
        ),
        /** Whether the server refuses to open it. Otherwise only its result can't be used. */
        isRefused: z.boolean(),
      }),
    ),
  })),
})

/** The last 24 hours of a person at the help desk, newest first. Times are epoch milliseconds. */
export const readRecent = endpoint('GET', 'help-desk/people/:id/recent', {
  answer: lazyObject(() => ({
    checks: z.array(
      z.object({
        reference: z.string(),
        /** The agent who is responsible, or the client that opened it. */
        agent: z.nullable(z.string()),
        isOwn: z.boolean(),
        openedAt: z.number(),
        action: z.nullable(z.string()),
        /** How it ended; null while it is open. */
        ending: z.nullable(z.string()),
        endedAt: z.nullable(z.number()),
        usedAt: z.nullable(z.number()),
        /** How the person behind the link rejected it: `notMe`, `calledMe` or `notVouched`. */
        report: z.nullable(z.object({ kind: z.string(), at: z.number() })),
      }),
    ),
    /** The pause of the person's checks, and the report that began it. */
    pause: z.nullable(
      z.object({ until: z.number(), reportedAt: z.nullable(z.number()), kind: z.nullable(z.string()) }),
    ),
    /** Pauses that leads lifted. */
    lifts: z.array(z.object({ at: z.number(), by: z.string(), reason: z.string() })),
  })),
})

export const listChecks = endpoint('GET', 'help-desk/verifications', {
  query: lazyExtend(transactionQuery, () => ({
    /** `own`; `offered`: to this agent or the team; `all`: for leads, and their default. */
    scope: z.optional(z.enum(['own', 'offered', 'all'])),
    /** `true`: only the agent's own checks with a rejection that the agent has not read. */
    unread: z.optional(z.enum(['true', 'false'])),
  })),
  answer: pageOf(transactionRowSchema),
})

export const readCheck = endpoint('GET', 'help-desk/verifications/:reference', {
  answer: lazyExtend(transactionRowSchema, () => ({
    timeline: z.array(eventSchema()),
    verification: z.nullable(verificationSchema()),
    /** The subject as in a search; null for others than the agent of the check. Older servers of a cluster don’t send it. */
    person: z.optional(z.nullable(possibleCallerSchema())),
  })),
})

/** The result of a check at the moment of its single use. */
const usedResultSchema = namedObject('UsedResult', () => ({
  reference: z.string(),
  subject: z.object({ _id: z.string(), userName: z.string() }),
  agent: z.object({ _id: z.string(), displayName: z.string() }),
  secondAgent: z.nullable(z.object({ _id: z.string(), displayName: z.string() })),
  action: z.string(),
  check: z.optional(z.string()),
  ticket: z.optional(z.string()),
  /** Methods that the caller used. */
  amr: z.array(z.string()),
  level: z.number(),
  verifiedAt: z.nullable(z.number()),
  usedAt: z.number(),
}))

export const listAgents = endpoint('GET', 'help-desk/agents', {
  answer: pageOf(lazyObject(() => ({ _id: z.string(), displayName: z.string() }))),
})

const handedOverSchema = lazyObject(() => ({
  reference: z.string(),
  /** The agent who is responsible now. */
  agent: z.nullable(z.string()),
  offeredTo: transactionRowSchema().shape.offeredTo,
}))

const offerSchema = lazyObject(() => ({
  to: z.nullable(
    z.string('must be the id of an agent, or null for the team').check(z.minLength(1), z.maxLength(255)),
  ),
}))

/** The same for all repetitions of one request, which get the answer of the first. */
const requestKeySchema = lazy(() =>
  z.optional(
    z
      .string('must be a random text of the client')
      .check(
        z.minLength(16, 'must have 16 to 100 characters'),
        z.maxLength(100, 'must have 16 to 100 characters'),
      ),
  ),
)

export const useCheck = endpoint('POST', 'help-desk/verifications/:reference', {
  actions: {
    use: { body: lazyObject(() => ({ key: requestKeySchema() })), answer: usedResultSchema },
    grant: { answer: lazyObject(() => ({ grant: z.string(), expiresAt: z.number() })) },
    shortCode: { answer: issuedShortCodeSchema },
    withdraw: { answer: lazyObject(() => ({ reference: z.string(), grant: grantStateSchema() })) },
    offer: { body: offerSchema, answer: handedOverSchema },
    withdrawOffer: { answer: handedOverSchema },
    takeOver: { answer: handedOverSchema },
    acknowledge: {
      answer: lazyObject(() => ({
        reference: z.string(),
        rejectionReadAt: z.nullable(z.number()),
        rejectionReadBy: z.nullable(z.string()),
        leadReadAt: z.nullable(z.number()),
        leadReadBy: z.nullable(z.string()),
      })),
    },
  },
})

const grantSchema = lazyObject(() => ({
  grant: z
    .string('must be a grant')
    .check(z.minLength(1, 'must be a grant'), z.maxLength(8_000, 'must be a grant')),
  action: z.string('must be the action that the grant is for').check(z.minLength(1)),
  subject: z.string('must be the username or object id of the person').check(z.minLength(1)),
  key: requestKeySchema(),
}))

export const consumeGrant = endpoint('POST', 'verification/grants', {
  actions: { consume: { body: grantSchema, answer: usedResultSchema } },
})
