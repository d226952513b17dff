import { expect, test } from 'vitest'
import { journeyOf } from '../../test/support/journey-of.ts'
import { goTo } from './action.ts'
import { advance } from './advance.ts'
import { beginJourney, journeySessionSchema } from './journey-session.ts'

const journey = journeyOf('Round', { here: { to: { again: 'here' } } })

/** The session after a node added these details, repeatedly. */
function after(...extras: Parameters<typeof goTo>[1][]) {
  const initial = journeySessionSchema.parse(beginJourney(journey, {}))
  return extras.reduce((session, extra) => {
    const turn = { journeys: { Round: journey }, session, state: { shared: {}, secure: {}, transient: {} } }
    return advance(turn, goTo('again', extra)).session
  }, initial)
}

test('merges details of several nodes, the last one winning', () => {
  const said = { values: { a: 1, b: 1 }, headers: { x: '1' } }
  const more = { values: { b: 2 }, headers: { y: '2' } }
  const session = after(
    { failureDetails: { ...said, message: 'first' }, errorDetails: said },
    { failureDetails: more, successDetails: { ...said, sessionProperties: { who: 'UserId' } } },
    { successDetails: { ...more, sessionProperties: { where: 'Realm' } } },
  )
  const all = { values: { a: 1, b: 2 }, headers: { x: '1', y: '2' } }
  expect(session.failureDetails).toEqual({ ...all, message: 'first' })
  expect(session.errorDetails).toEqual(said)
  expect(session.successDetails).toEqual({ ...all, sessionProperties: { who: 'UserId', where: 'Realm' } })
})

test('uses the last maximum duration', () => {
  expect(after({ journeyMinutes: 5 }, { journeyMinutes: 9 }, {}).journeyMinutes).toBe(9)
})
