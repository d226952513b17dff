import { listAlarms, useAlarm } from '../../../../contract/alarms.ts'
import type { AnswerOf, ItemOf } from '../../../../contract/endpoint.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { notFound, RequestError } from '../../../base/errors.ts'
import type { Alarm } from '../../../help-desk/alarms/alarm.ts'
import { mayAcknowledge } from '../../../help-desk/alarms/alarm-rules.ts'
import type { Alarms } from '../../../help-desk/alarms/alarms.ts'
import { type Party, safeDisplayName } from '../../../help-desk/transactions/transaction.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Identity } from '../../../people/identity.ts'
import { partyOf } from '../../audit/call-audit.ts'
import { type Answer, byAction, type Call, param, type Route } from '../../route.ts'

type AlarmDependencies = {
  alarms: Pick<Alarms, 'unread' | 'find' | 'acknowledge'>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  audit(call: Call): AuditTrail
}

/** Alarms of the help desk, for leads. Not in AM. */
export function alarmRoutes(from: AlarmDependencies): Route[] {
  // rule H26: otherwise agents read alarms and take them off the wall
  const access = 'transactions'
  return [
    {
      ...listAlarms,
      access,
      summary: 'Lists the alarms of the realm that no lead has acknowledged, newest first.',
      handle: (call) => list(from, call),
    },
    {
      ...useAlarm,
      access,
      resource: { kind: 'alarm' },
      summary: 'Takes an alarm off the wall (`_action=acknowledge`), unless the lead is involved in it.',
      handle: byAction({ acknowledge: (call) => acknowledge(from, call) }),
    },
  ]
}

async function list(from: AlarmDependencies, call: Call): Promise<Answer> {
  const reader = await readerOf(from, call)
  const result = (await from.alarms.unread(call.realm.path)).map((alarm) => rowOf(alarm, reader))
  const body: AnswerOf<typeof listAlarms> = { result, resultCount: result.length, pagedResultsCookie: null }
  return { body }
}

/** Repeating it changes nothing. */
async function acknowledge(from: AlarmDependencies, call: Call): Promise<Answer> {
  const reader = await readerOf(from, call)
  const id = param(call, 'id')
  const realm = call.realm.path
  const isRead = await from.alarms.acknowledge(realm, id, reader)
  const alarm = await from.alarms.find(realm, id)
  if (alarm === undefined) {
    throw notFound('There is no such alarm: it was raised again meanwhile, or is older than 30 days')
  }
  const isRefused = !isRead && alarm.acknowledgedAt === undefined
  if (isRead || isRefused) await record(from, call, alarm, isRead)
  if (isRefused) {
    const message = 'You are involved in this alarm: another lead or an administrator has to acknowledge it.'
    throw new RequestError(403, message, { problem: 'involved' })
  }
  return { body: rowOf(alarm, reader) }
}

async function record(
  { audit }: AlarmDependencies,
  call: Call,
  alarm: Alarm,
  isRead: boolean,
): Promise<void> {
  const session = (await call.session())?.session
  audit(call).record({
    eventName: 'SIDEGATE-HELPDESK-ALARM-READ',
    result: isRead ? 'SUCCESSFUL' : 'FAILED',
    ...defined({ who: session && partyOf(session), whom: personOf(alarm) }),
    what: { kind: 'alarm', id: alarm.kind, operation: 'ACTION', action: 'acknowledge' },
  })
}

function personOf({ person, realm }: Alarm) {
  return person && { id: person.id, name: person.name, realm }
}

async function readerOf({ readIdentity }: AlarmDependencies, call: Call): Promise<Party> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  const { realm, identityId: id, username: name } = session
  const identity = await readIdentity(realm, id)
  return { id, name, ...defined({ displayName: identity && displayNameOf(identity) }) }
}

function rowOf(alarm: Alarm, reader: Party): ItemOf<typeof listAlarms> {
  const { id, kind, person, count, minutes, raisedAt, acknowledgedAt, acknowledgedBy } = alarm
  return {
    _id: id,
    kind,
    person: person === undefined ? null : safeDisplayName(person),
    count,
    minutes,
    raisedAt,
    mayAcknowledge: mayAcknowledge(alarm, reader),
    acknowledgedAt: acknowledgedAt ?? null,
    acknowledgedBy: acknowledgedBy === undefined ? null : safeDisplayName(acknowledgedBy),
  }
}
