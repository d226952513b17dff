import { expect, it } from 'vitest'
import { mayOffer } from './offer-of.ts'

const check = { events: [], expiresAt: 100 }

it.each([
  [null, undefined, 50, true],
  [null, undefined, 100, false],
  ['approved', 'ready', 200, true],
  ['approved', 'waiting', 200, true],
  ['approved', 'used', 50, false],
  ['approved', undefined, 50, false],
  ['denied', 'none', 50, false],
  ['wrongCode', 'none', 50, false],
  ['notMe', 'none', 50, false],
  ['reported', 'none', 50, false],
  ['cancelled', 'none', 50, false],
])(
  'a check with the ending %s and the result %s can be offered at %i: %s',
  (ending, state, now, expected) => {
    const proof = state === undefined ? undefined : { grant: { state } }
    expect(mayOffer({ row: { isOwn: true, ending }, check, proof }, now)).toBe(expected)
    expect(mayOffer({ row: { isOwn: false, ending }, check, proof }, now)).toBe(false)
    const offered = { events: [{ kind: 'offered', sequence: 1, at: 1 }], expiresAt: 100 }
    expect(mayOffer({ row: { isOwn: true, ending }, check: offered, proof }, now)).toBe(false)
  },
)
