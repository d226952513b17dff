import { describe, expect, it } from 'vitest'
import type { CheckEvent, CheckRow } from '../api/help-desk.ts'
import {
  addData,
  addEvent,
  type Check,
  checkFrom,
  isOpen,
  lastStatus,
  linkMessage,
  type Standing,
  shortCodeUsedAt,
  stageOf,
  standingOf,
  standingOfRow,
} from './check.ts'

const created = { kind: 'created', sequence: 0, at: 1_000 }
const snapshot = { reference: '7QK4M2XR', expiresAt: 300_000, timeline: [created] }

type Given =
  | string
  | [kind: string, data: unknown]
  | Pick<CheckEvent, 'kind' | 'state' | 'triesLeft' | 'reason' | 'reverseCode'>

function happened(...kinds: Given[]): Check {
  const events = kinds.map((given, index): CheckEvent => {
    const [kind, data] = Array.isArray(given)
      ? given
      : [typeof given === 'string' ? given : given.kind, undefined]
    const place = kind === 'expired' ? {} : { sequence: index + 1 }
    const more = typeof given === 'object' && !Array.isArray(given) ? given : {}
    return { kind, at: 2_000 + index, ...place, data, ...more }
  })
  return events.reduce(addEvent, checkFrom(snapshot))
}

const notification = (text: unknown): [string, unknown] => ['notification', { journeyStatus: text }]

describe('the standing of a check', () => {
  it.each<[Standing, ...Given[]]>([
    ['created'],
    ['created', 'sent'],
    ['created', 'somethingNew'],
    ['opened', 'opened'],
    ['opened', 'opened', ['notification', { number: 1 }]],
    ['signing-in', 'opened', notification('User has entered their credentials')],
    ['signing-in', 'opened', notification('once'), notification('once')],
    ['checking', 'opened', notification('once'), notification('twice')],
    ['proven', 'opened', notification('once'), 'approved'],
    ['reported', 'opened', 'reported'],
    ['proven', 'opened', 'approved', 'reported'],
    ['not-verified', 'opened', 'denied'],
    ['not-me', 'notMe'],
    ['not-me', 'opened', 'notMe'],
    ['not-me', 'opened', 'approved', 'rejected'],
    ['not-me', 'opened', 'denied', 'rejected'],
    ['called-me', 'confirmed', 'calledMe'],
    ['not-vouched', 'confirmed', 'notVouched'],
    ['called-me', 'opened', 'approved', { kind: 'rejected', reason: 'calledMe' }],
    ['not-vouched', 'opened', 'approved', { kind: 'rejected', reason: 'notVouched' }],
    ['viewed', 'viewed'],
    ['opened', 'viewed', 'confirmed'],
    ['opened', 'confirmed'],
    ['wrong-person', 'opened', 'wrongPerson'],
    ['wrong-person', 'opened', 'wrongPerson', notification('once')],
    ['wrong-person', 'opened', 'wrongPerson', 'denied'],
    ['wrong-person', 'opened', 'wrongPerson', 'expired'],
    ['proven', 'opened', 'wrongPerson', 'approved'],
    ['expired', 'opened', 'expired'],
    ['cancelled', 'opened', 'cancelled'],
    ['signing-in', 'opened', 'codeMatched'],
    ['opened', 'opened', { kind: 'codeWrong', triesLeft: 2 }],
    ['wrong-code', 'opened', { kind: 'codeWrong', triesLeft: 0 }],
    ['wrong-person', 'opened', { kind: 'wrongPerson', state: 'COMPLETED' }],
  ])('is %s after the given events', (standing, ...kinds) => {
    expect(standingOf(happened(...kinds))).toBe(standing)
  })

  it('maps to the five stages of the gate', () => {
    const stages = (['created', 'opened', 'signing-in', 'checking', 'ready'] as const).map((standing) =>
      stageOf(standing),
    )
    expect(stages).toEqual([1, 2, 3, 4, 5])
  })

  it('is open until an event that ends it', () => {
    expect(isOpen(happened('opened', 'wrongPerson', 'somethingNew'))).toBe(true)
    expect(isOpen(happened('opened', 'expired'))).toBe(false)
  })
})

describe('the standing of a check in a list', () => {
  const row = {
    ...{ ending: null, rejectedAt: null, vouchFor: null, state: 'CREATED', notifications: 0 },
    ...{ viewedAt: null, confirmedAt: null, withdrawnAt: null },
    lastKind: 'created',
  } as CheckRow // The standing reads no other members.

  it.each<[Standing, Partial<CheckRow>]>([
    ['created', {}],
    ['opened', { state: 'IN_PROGRESS', lastKind: 'opened' }],
    ['viewed', { viewedAt: 1, lastKind: 'viewed' }],
    ['viewed', { viewedAt: 1, lastKind: 'sent' }],
    ['opened', { viewedAt: 1, confirmedAt: 2, lastKind: 'confirmed' }],
    ['opened', { viewedAt: 1, confirmedAt: 2, lastKind: 'offered' }],
    ['signing-in', { state: 'IN_PROGRESS', lastKind: 'notification', notifications: 1 }],
    ['signing-in', { state: 'IN_PROGRESS', lastKind: 'codeMatched' }],
    ['wrong-person', { state: 'IN_PROGRESS', lastKind: 'wrongPerson' }],
    ['wrong-person', { ending: 'expired', lastKind: 'wrongPerson' }],
    ['wrong-code', { ending: 'wrongCode', lastKind: 'codeWrong' }],
    ['proven', { ending: 'approved', lastKind: 'approved' }],
    ['reported', { ending: 'reported', lastKind: 'reported' }],
    ['withdrawn', { ending: 'approved', withdrawnAt: 1, lastKind: 'withdrawn' }],
    ['not-me', { ending: 'approved', withdrawnAt: 1, rejectedAt: 2 }],
    ['not-me', { ending: 'approved', rejectedAt: 1 }],
    ['not-vouched', { ending: 'approved', rejectedAt: 1, vouchFor: 'Ed Evers' }],
    ['called-me', { ending: 'calledMe', rejectedAt: 1 }],
    ['cancelled', { ending: 'cancelled' }],
  ])('is %s for %j', (standing, members) => {
    expect(standingOfRow({ ...row, ...members })).toBe(standing)
  })
})

describe('updates of a check', () => {
  it('keeps events once and sorted, however they arrive', () => {
    const check = happened('opened', 'approved')
    const again = { ...snapshot, timeline: [...check.events].toReversed() }
    expect(addData(check, again)).toBe(check)
    const late = [...check.events].toReversed().reduce(addEvent, checkFrom({ ...snapshot, timeline: [] }))
    expect(late.events.map(({ kind }) => kind)).toEqual(['created', 'opened', 'approved'])
  })

  it('keeps what an older snapshot lacks', () => {
    const check = happened('opened', 'approved')
    expect(standingOf(addData(check, snapshot))).toBe('proven')
  })

  it('is not verified after an agent withdrew the result', () => {
    expect(standingOf(happened('opened', 'approved', 'withdrawn'))).toBe('withdrawn')
    expect(standingOf(happened('opened', 'approved', 'withdrawn', 'rejected'))).toBe('not-me')
  })

  it('has the reverse code after the event that releases it', () => {
    const check = happened({ kind: 'confirmed', reverseCode: 'K7R4' }, 'opened')
    expect(check.reverseCode).toBe('K7R4')
    expect(addData(check, { ...snapshot, reverseCode: null }).reverseCode).toBe('K7R4')
  })

  it('keeps a single expired event', () => {
    const check = happened('opened', 'expired')
    expect(addEvent(check, { kind: 'expired', at: 9 })).toBe(check)
  })

  it('keeps the link, which only the first snapshot has', () => {
    const check = checkFrom({ ...snapshot, redirectUri: 'https://desk.example/link' })
    expect(addData(check, snapshot).link).toBe('https://desk.example/link')
  })
})

it.each([
  [100, 140],
  [140, 140],
  [141, undefined],
])('a short code issued at %i was used at %s', (issuedAt, at) => {
  const used = (channel: string, usedAt: number) => ({ kind: 'shortCodeUsed', channel, at: usedAt })
  const events = [used('spoken', 90), used('message', 130), used('spoken', 140)]
  expect(shortCodeUsedAt({ events }, issuedAt)).toBe(at)
})

describe('the status text of a caller’s journey', () => {
  it.each<[string, unknown, string | undefined]>([
    [
      'a status',
      { journeyStatus: 'User has entered their credentials' },
      'User has entered their credentials',
    ],
    ['another text', { step: 3, progress: 'Half way' }, 'Half way'],
    ['HTML as text', { journeyStatus: '<b onclick="x()">Hi</b>' }, '<b onclick="x()">Hi</b>'],
    [
      'text without control and bidirectional characters',
      { journeyStatus: 'Ver\u202Eified\u0000\n\tby\u2066 all' },
      'Verified by all',
    ],
    ['nothing if it has only control characters', { journeyStatus: '\u202E\u0007' }, undefined],
    ['nothing if the status is not a text', { journeyStatus: { a: 1 } }, undefined],
    ['nothing without data', null, undefined],
  ])('is shown as %s', (_case, data, text) => {
    expect(lastStatus(happened(['notification', data]))?.text).toBe(text)
  })

  it('is cut at 200 characters, never inside one', () => {
    const text = lastStatus(happened(notification('😀'.repeat(300))))?.text ?? ''
    expect(Array.from(text)).toHaveLength(200)
    expect(text.endsWith('😀…')).toBe(true)
  })
})

describe('a message with the link', () => {
  const event = (sequence: number, kind: string, message: string): CheckEvent => ({
    kind,
    sequence,
    at: sequence,
    channel: 'sms',
    message,
    ...(kind === 'sent' ? { to: '•••• 00' } : {}),
  })
  const stateOf = (...events: CheckEvent[]) =>
    linkMessage(checkFrom({ ...snapshot, timeline: [created, ...events] }), 'sms')?.state

  it('has its own states, not the late ones of an earlier message', () => {
    const [first, second] = [event(1, 'sent', 'a'), event(2, 'sent', 'b')]
    expect(stateOf(first, second, event(3, 'messageDelivered', 'a'))).toBe('queued')
    expect(stateOf(first, second, event(3, 'messageSent', 'b'), event(4, 'messageFailed', 'a'))).toBe('sent')
  })
})
