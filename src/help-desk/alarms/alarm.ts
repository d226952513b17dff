import { z } from 'zod'
import { partySchema } from '../transactions/transaction.ts'

/**
 * What leads are alarmed about. `denials`: callers rejected checks, or were another person. `failures`: checks ended without a
 * proof, or callers failed to sign in. `callerCheckedOften`: agents checked one person again and again, whatever came of it.
 */
export const alarmKinds = ['denials', 'failures', 'callerCheckedOften'] as const

export type AlarmKind = (typeof alarmKinds)[number]

export const alarmSchema = z.object({
  /** Random; another one each time the alarm is raised. It gives access to nothing. */
  id: z.string(),
  realm: z.string(),
  kind: z.enum(alarmKinds),
  /** Object id of the person it is about; empty if it is about the realm. */
  personId: z.string(),
  person: partySchema.optional(),
  /** How many events were counted in that many minutes. */
  count: z.number(),
  minutes: z.number(),
  /** Object ids of the person and of the agents of the counted checks, who can't acknowledge it. */
  involved: z.array(z.string()),
  /** Epoch milliseconds. */
  raisedAt: z.number(),
  acknowledgedAt: z.number().optional(),
  acknowledgedBy: partySchema.optional(),
})

/** The newest alarm of its kind about a person or the realm. */
export type Alarm = z.infer<typeof alarmSchema>

/** What an alarm of a realm counts. */
export type AlarmSubject = Pick<Alarm, 'realm' | 'kind' | 'personId'>
