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

test('a journey session has a few', () => {
  const reader = { journeySession: 'j', source: '192.0.2.1' }
  const message = 'Too many live feeds and held answers are open for this journey session'
  expect(fill(new FeedPlaces(bounds), () => reader)).toEqual([feedsPerJourneySession, message])
})

test('a person has one for each check on their page, wherever they come from', () => {
  const taken = fill(new FeedPlaces(bounds), (place) => ({
    person: '/alpha kim',
    source: `192.0.2.${place}`,
  }))
  expect(taken).toEqual([feedsPerPerson, expect.stringContaining('for this person')])
})

test('an address has so many without a sign-in, and as many again for people who are signed in', () => {
  const places = new FeedPlaces(bounds)
  const source = '192.0.2.1'
  const anonymous = fill(places, (place) => ({ journeySession: `j${place}`, source }))
  expect(anonymous).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
  const people = fill(places, (place) => ({ person: `/alpha ${place}`, source }))
  expect(people).toEqual([bounds.perAddress, expect.stringContaining('for this address')])
})

test('clients that are not signed in take half of all places at most', () => {
  const places = new FeedPlaces(bounds)
  expect(fill(places, stranger)).toEqual([500, expect.stringContaining('for this kind of client')])
  places.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('a client with a bearer token takes half at most, from any address', () => {
  const places = new FeedPlaces(bounds)
  const desk = fill(places, () => ({ client: '/alpha desk', source: '192.0.2.1' }))
  expect(desk).toEqual([500, expect.stringContaining('for this client')])
  places.take({ person: '/alpha kim', source: '192.0.2.1' })
})

test('a place that was given back can be taken again, once', () => {
  const places = new FeedPlaces({ ...bounds, all: 1 })
  const leave = places.take(stranger(1))
  expect(() => places.take(stranger(2))).toThrow('too many live feeds are open')
  leave()
  leave()
  expect(places.size).toBe(0)
  places.take(stranger(2))
  expect(() => places.take(stranger(3))).toThrow('too many live feeds are open')
})

test('says which limit was met, for metrics', () => {
  const refused: string[] = []
  const places = new FeedPlaces({ ...bounds, refused: (problem) => void refused.push(problem) })
  fill(places, () => ({ journeySession: 'j', source: '192.0.2.1' }))
  expect(refused).toEqual(['tooManyFeeds'])
})
