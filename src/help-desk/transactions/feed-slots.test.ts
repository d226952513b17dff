import { expect, test } from 'vitest'
import { type FeedReader, FeedSlots, feedsPerJourneySession, feedsPerPerson } from './feed-slots.ts'

const bounds = { all: 1000, perAddress: 400 }

/** Takes slots until one is refused. @returns how many, and the message of the refusal. */
function fill(slots: FeedSlots, reader: (slot: number) => FeedReader): [number, string] {
  for (let slot = 0; ; slot++) {
    try {
      slots.take(reader(slot))
    } catch (error) {
      return [slot, error instanceof Error ? error.message : '']
    }
  }
}

const stranger = (slot: number) => ({ journeySession: `j${slot}`, source: `192.0.2.${slot % 200}` })

test('limits the feeds of a journey session', () => {
  const reader = { journeySession: 'j', source: '192.0.2.1' }
  const message = 'Too many live feeds and waiting responses are open for this journey session'
  expect(fill(new FeedSlots(bounds), () => reader)).toEqual([feedsPerJourneySession, message])
})

test('limits the feeds of a person, whatever the address', () => {
  const taken = fill(new FeedSlots(bounds), (slot) => ({
    person: '/alpha kim',
    source: `192.0.2.${slot}`,
  }))
  expect(taken).toEqual([feedsPerPerson, expect.stringContaining('for this person')])
})

test('limits the feeds of an address, separately for signed-in people', () => {
  const slots = new FeedSlots(bounds)
  const source = '192.0.2.1'
  const anonymous = fill(slots, (slot) => ({ journeySession: `j${slot}`, source }))
  expect(anonymous).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
  const people = fill(slots, (slot) => ({ person: `/alpha ${slot}`, source }))
  expect(people).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
})

test('limits clients without sign-in to half of all slots', () => {
  const slots = new FeedSlots(bounds)
  expect(fill(slots, stranger)).toEqual([500, expect.stringContaining('for this kind of client')])
  slots.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('limits a client with a bearer token to half of all slots, from any address', () => {
  const slots = new FeedSlots(bounds)
  const desk = fill(slots, () => ({ client: '/alpha desk', source: '192.0.2.1' }))
  expect(desk).toEqual([500, expect.stringContaining('for this client')])
  slots.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('allows a released slot to be taken once more', () => {
  const slots = new FeedSlots({ ...bounds, all: 1 })
  const leave = slots.take(stranger(1))
  expect(() => slots.take(stranger(2))).toThrow('too many live feeds are open')
  leave()
  leave()
  expect(slots.size).toBe(0)
  slots.take(stranger(2))
  expect(() => slots.take(stranger(3))).toThrow('too many live feeds are open')
})

test('reports the limit for metrics', () => {
  const refused: string[] = []
  const slots = new FeedSlots({ ...bounds, refused: (problem) => void refused.push(problem) })
  fill(slots, () => ({ journeySession: 'j', source: '192.0.2.1' }))
  expect(refused).toEqual(['tooManyFeeds'])
})
