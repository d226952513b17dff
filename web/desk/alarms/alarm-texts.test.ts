import { describe, expect, it } from 'vitest'
import type { Alarm } from '../../api/alarms.ts'
import { alarmTexts } from './alarm-texts.ts'

const alarm: Alarm = {
  _id: 'a1',
  kind: 'denials',
  person: null,
  count: 5,
  minutes: 60,
  raisedAt: 0,
  mayAcknowledge: true,
  acknowledgedAt: null,
  acknowledgedBy: null,
}

describe('what an alarm says', () => {
  it.each([
    [{}, '5 denials in 1 hour.'],
    [{ kind: 'failures', minutes: 90 }, '5 failures in 90 minutes.'],
    [
      { kind: 'callerCheckedOften', person: 'Alex Caller', minutes: 1_440 },
      'Alex Caller was checked 5 times in 24 hours.',
    ],
    [{ kind: 'ofALaterVersion' }, 'Alarm: 5 in 1 hour.'],
  ])('%o', (change, title) => {
    expect(alarmTexts({ ...alarm, ...change }).title).toBe(title)
  })
})
