import { expect, test } from 'vitest'
import { FeedPlaces, type FeedReader, feedsPerJourneySession, feedsPerPerson } from './feed-places.ts'

const bounds = { all: 1000, perAddress: 400 }

/** Takes places until one is refused. @returns how many, and the message of the refusal. */
function fill(places: FeedPlaces, reader: (place: number) => FeedReader): [number, string] {
  for (let place = 0; ; place++) {
    try {
      places.take(reader(place))
    } catch (error) {
      return [place, error instanceof Error ? error.message : '']
    }
  }
}

const stranger = (place: number) => ({ journeySession: `j${place}`, source: `192.0.2.${place % 200}` })

test('limits the feeds of a journey session', () => {
  const reader = { journeySession: 'j', source: '192.0.2.1' }
  const message = 'Too many live feeds and waiting responses are open for this journey session'
  expect(fill(new FeedPlaces(bounds), () => reader)).toEqual([feedsPerJourneySession, message])
})

test('limits the feeds of a person, whatever the address', () => {
  const taken = fill(new FeedPlaces(bounds), (place) => ({
    person: '/alpha kim',
    source: `192.0.2.${place}`,
  }))
  expect(taken).toEqual([feedsPerPerson, expect.stringContaining('for this person')])
})

test('limits the feeds of an address, separately for signed-in people', () => {
  const places = new FeedPlaces(bounds)
  const source = '192.0.2.1'
  const anonymous = fill(places, (place) => ({ journeySession: `j${place}`, source }))
  expect(anonymous).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
  const people = fill(places, (place) => ({ person: `/alpha ${place}`, source }))
  expect(people).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
})

test('limits clients without sign-in to half of all places', () => {
  const places = new FeedPlaces(bounds)
  expect(fill(places, stranger)).toEqual([500, expect.stringContaining('for this kind of client')])
  places.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('limits a client with a bearer token to half of all places, from any address', () => {
  const places = new FeedPlaces(bounds)
  const desk = fill(places, () => ({ client: '/alpha desk', source: '192.0.2.1' }))
  expect(desk).toEqual([500, expect.stringContaining('for this client')])
  places.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('allows a released place to be taken once more', () => {
  const places = new FeedPlaces({ ...bounds, all: 1 })
  const leave = places.take(stranger(1))
  expect(() => places.take(stranger(2))).toThrow('too many live feeds are open')
  leave()
  leave()
  expect(places.size).toBe(0)
  places.take(stranger(2))
  expect(() => places.take(stranger(3))).toThrow('too many live feeds are open')
})

test('reports the limit for metrics', () => {
  const refused: string[] = []
  const places = new FeedPlaces({ ...bounds, refused: (problem) => void refused.push(problem) })
  fill(places, () => ({ journeySession: 'j', source: '192.0.2.1' }))
  expect(refused).toEqual(['tooManyFeeds'])
})
