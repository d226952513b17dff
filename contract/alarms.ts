import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { namedObject } from './lazy.ts'
import { pageOf } from './page.ts'

/** An alarm of a help desk. It has no object id of a person, no code and no link. Times are epoch milliseconds. */
const alarmSchema = namedObject('Alarm', () => ({
  _id: z.string(),
  /** denials, failures or callerCheckedOften. */
  kind: z.string(),
  /** Name of the person who is checked often; null for alarms about the realm. */
  person: z.nullable(z.string()),
  /** How many events there were in so many minutes. */
  count: z.number(),
  minutes: z.number(),
  raisedAt: z.number(),
  /** False for the person and for the agents of the counted checks. */
  mayAcknowledge: z.boolean(),
  acknowledgedAt: z.nullable(z.number()),
  /** Name of the lead. */
  acknowledgedBy: z.nullable(z.string()),
}))

export const listAlarms = endpoint('GET', 'help-desk/alarms', { answer: pageOf(alarmSchema) })

export const useAlarm = endpoint('POST', 'help-desk/alarms/:id', {
  actions: { acknowledge: { answer: alarmSchema } },
})
