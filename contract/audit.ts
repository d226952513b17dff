import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyObject, namedLooseObject, namedObject } from './lazy.ts'
import { pageOf, pageQuery } from './page.ts'

const partySchema = namedObject('Party', () => ({
  id: z.string(),
  name: z.optional(z.string()),
  realm: z.string(),
}))

const thingSchema = namedObject('Thing', () => ({
  kind: z.string(),
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  operation: z.string(),
  action: z.optional(z.string()),
  fields: z.optional(z.array(z.string())),
}))

/** An audit event. Members without a value are left out; clients must ignore members that they don't know. */
const auditEventSchema = namedLooseObject('AuditEvent', () => ({
  _id: z.string(),
  /** ISO 8601. */
  timestamp: z.string(),
  realm: z.string(),
  eventName: z.string(),
  result: z.optional(z.string()),
  who: z.optional(partySchema()),
  whom: z.optional(partySchema()),
  what: z.optional(thingSchema()),
  /** What a transaction is for. */
  action: z.optional(z.string()),
  ticket: z.optional(z.string()),
  reference: z.optional(z.string()),
  trackingIds: z.optional(z.array(z.string())),
  ip: z.optional(z.string()),
  correlationId: z.optional(z.string()),
  journey: z.optional(z.string()),
  node: z.optional(z.looseObject({ id: z.string(), name: z.string(), outcome: z.string() })),
  count: z.optional(z.number()),
  /** The times that an export is about; epoch milliseconds. */
  period: z.optional(z.object({ from: z.number(), to: z.number() })),
  /** Id of the journey session that ended. */
  run: z.optional(z.string()),
  /** Why a journey failed. `node` is the one that decided it. */
  reason: z.optional(z.string()),
  /** Node types whose outcome was declared by an administrator: they checked nothing. */
  standIns: z.optional(z.array(z.string())),
  hash: z.string(),
}))

const filterMembers = lazy(() => ({
  /** Event names, separated by commas. */
  event: z.optional(z.string()),
  who: z.optional(z.string()),
  whom: z.optional(z.string()),
  /** Either of the two. */
  person: z.optional(z.string()),
  /** A tracking id or the reference. */
  transaction: z.optional(z.string()),
  ticket: z.optional(z.string()),
  /** The whole name of a journey. */
  journey: z.optional(z.string()),
  result: z.optional(z.enum(['SUCCESSFUL', 'FAILED', 'UNKNOWN'])),
  /** ISO 8601, inclusive. */
  from: z.optional(z.string()),
  /** ISO 8601, exclusive. */
  to: z.optional(z.string()),
  text: z.optional(z.string()),
  /** In the root realm only. */
  allRealms: z.optional(z.enum(['true', 'false'])),
}))

export const listAudit = endpoint('GET', 'audit', {
  query: lazy(() => z.extend(pageQuery(), filterMembers())),
  answer: pageOf(auditEventSchema),
})

export const exportAudit = endpoint('GET', 'audit/export', { query: lazy(() => z.object(filterMembers())) })

export const readAuditEvent = endpoint('GET', 'audit/:id', { answer: auditEventSchema })

/** A place in the chain of audit events. */
const headSchema = namedObject('ChainHead', () => ({
  sequence: z.int().check(z.minimum(0)),
  hash: z.string(),
}))

const auditSettingsSchema = namedObject('AuditSettings', () => ({
  _id: z.string(),
  _rev: z.string(),
  /** 0 keeps all events. */
  retentionDays: z.number(),
  keepsNodes: z.boolean(),
  first: z.number(),
  last: headSchema(),
  waiting: z.number(),
}))

const settingsPath = 'global-config/audit'

export const readAuditSettings = endpoint('GET', settingsPath, { answer: auditSettingsSchema })

export const saveAuditSettings = endpoint('PUT', settingsPath, {
  body: lazyObject(() => ({
    retentionDays: z.optional(z.int('must be a number of days').check(z.minimum(0), z.maximum(36_500))),
    keepsNodes: z.optional(z.boolean('must be true or false')),
  })),
  answer: auditSettingsSchema,
})

export const verifyAudit = endpoint('POST', settingsPath, {
  actions: {
    verify: {
      /** `head`: a place in the chain that was noted before. */
      body: lazyObject(() => ({ head: z.optional(headSchema()) })),
      answer: lazy(() =>
        z.discriminatedUnion('isWhole', [
          z.object({ isWhole: z.literal(true), rows: z.number(), last: headSchema() }),
          z.object({ isWhole: z.literal(false), rows: z.number(), brokenAt: z.number(), reason: z.string() }),
        ]),
      ),
    },
  },
})
