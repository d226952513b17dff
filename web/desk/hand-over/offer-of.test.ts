import { expect, it } from 'vitest'
import type { CheckEvent } from '../../api/help-desk.ts'
import { checkFrom, isOpen, standingOf } from '../../check-model/check.ts'
import { mayOffer } from './offer-of.ts'

const denied = { kind: 'denied' }
const approved = { kind: 'approved' }

it.each([
  ['runs', [], 'none', 50, true],
  ['ran out', [], 'none', 100, false],
  ['is offered', [{ kind: 'offered', to: null }], 'none', 50, false],
  ['had its offer withdrawn', [{ kind: 'offered' }, { kind: 'offerWithdrawn' }], 'none', 50, true],
  ['was not passed', [denied], 'none', 50, false],
  ['was cancelled', [{ kind: 'cancelled' }], 'none', 50, false],
  ['was rejected', [{ kind: 'notMe' }], 'none', 50, false],
  ['was reported in another check', [{ kind: 'reported', state: 'COMPLETED' }], 'none', 50, false],
  ['had somebody else sign in', [{ kind: 'wrongPerson' }], 'none', 50, false],
  ['has a result', [approved], 'ready', 200, true],
  ['has a result for later', [approved], 'waiting', 200, true],
  ['has a paused result', [approved], 'paused', 50, false],
  ['was used', [approved], 'used', 50, false],
  ['has a result without a code', [approved], 'unbound', 50, false],
  ['has a result of a low level', [approved], 'weak', 50, false],
  ['has a result that is not read yet', [approved], undefined, 50, false],
] as const)('a check that %s', (_what, happened, state, now, expected) => {
  const timeline = [{ kind: 'created' }, ...happened].map((event, sequence) => ({
    sequence,
    at: 1,
    ...event,
  }))
  const check = checkFrom({ reference: '7QK4M2XR', expiresAt: 100, timeline: timeline as CheckEvent[] })
  const proof = state === undefined ? undefined : { grant: { state } }
  const view = { check, proof, standing: standingOf(check, proof?.grant), isRunning: isOpen(check) }
  expect(mayOffer({ ...view, row: { isOwn: true } }, now)).toBe(expected)
  expect(mayOffer({ ...view, row: { isOwn: false } }, now)).toBe(false)
})
