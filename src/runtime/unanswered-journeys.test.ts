import { describe, expect, test } from 'vitest'
import { type Starter, UnansweredJourneys } from './unanswered-journeys.ts'

const now = 1_700_000_000_000
const later = now + 60_000

const from = (address: string): Starter => ({ kind: 'anonymous', address })
const agent = (name: string): Starter => ({ kind: 'agent', person: `/alpha ${name}` })
const person = (name: string): Starter => ({ kind: 'person', person: `/alpha ${name}` })
const caller = (transaction: string): Starter => ({ kind: 'caller', transaction })

/** Starts a journey per starter, named by its number. @returns the dropped ones */
function dropped(journeys: UnansweredJourneys, starters: readonly Starter[], prefix = ''): string[] {
  return starters.flatMap((starter, index) => {
    journeys.admit(starter, now)
    return journeys.add(`${prefix}${index}`, starter, later, now) ?? []
  })
}

const repeat = (times: number, starter: Starter) => Array.from({ length: times }, () => starter)

describe('above its share, a source loses its own oldest journey', () => {
  test.each([
    ['an address', repeat(4, from('192.0.2.1'))],
    ['a /24', [1, 2, 3, 4].map((host) => from(`192.0.2.${host}`))],
    ['a /64', [1, 2, 3, 4].map((host) => from(`2001:db8::${host}`))],
    ['a /56', [1, 2, 3, 4].map((network) => from(`2001:db8:0:${network}::1`))],
    ['a /48', [1, 2, 3, 4].map((network) => from(`2001:db8:0:${network}00::1`))],
    ['a person', repeat(4, person('alex'))],
    ['a caller', repeat(4, caller('tx'))],
  ])('%s', (_source, starters) => {
    const journeys = new UnansweredJourneys(30)
    dropped(journeys, [from('198.51.100.1'), from('2001:db8:9::1')], 'other ')
    expect(dropped(journeys, starters)).toEqual(['0'])
    expect(journeys.size()).toBe(5)
  })
})

test('the busiest address of a network loses first', () => {
  const journeys = new UnansweredJourneys(30)
  const flood = from('192.0.2.2')
  expect(dropped(journeys, [from('192.0.2.1'), flood, flood, flood, flood])).toEqual(['1', '2'])
})

test('ten networks that fill the bound drop their own journeys, and nobody is refused', () => {
  const journeys = new UnansweredJourneys(20)
  const networks = Array.from({ length: 10 }, (_, network) => from(`203.0.${network}.1`))
  expect(dropped(journeys, [...networks, ...networks])).toEqual([])
  expect(dropped(journeys, [from('192.0.2.1')], 'sign-in ')).toEqual(['0'])
  expect(dropped(journeys, networks, 'again ')).not.toContain('sign-in 0')
  expect(journeys.size()).toBe(20)
})

test('a flood from many networks takes no place of signed-in people and of callers with a link', () => {
  const journeys = new UnansweredJourneys(20)
  dropped(journeys, [person('alex'), person('sam'), caller('tx')], 'kept ')
  const networks = Array.from({ length: 100 }, (_, network) => from(`203.0.${network}.1`))
  const gone = [...dropped(journeys, networks), ...dropped(journeys, networks, 'again ')]
  expect(gone).toHaveLength(183)
  expect(gone.filter((id) => id.startsWith('kept'))).toEqual([])
})

describe('an agent', () => {
  test('keeps every journey, and gets 429 above the share', () => {
    const journeys = new UnansweredJourneys(20)
    expect(dropped(journeys, repeat(2, agent('noor')))).toEqual([])
    expect(() => journeys.admit(agent('noor'), now)).toThrow('of this person were started')
    journeys.admit(agent('maya'), now)
    journeys.remove('0')
    journeys.admit(agent('noor'), now)
  })

  test('has a place while others fill the bound', () => {
    const journeys = new UnansweredJourneys(10)
    dropped(journeys, [agent('noor')], 'agent ')
    const networks = Array.from({ length: 30 }, (_, network) => from(`203.0.${network}.1`))
    expect(dropped(journeys, networks)).not.toContain('agent 0')
    expect(dropped(journeys, [agent('maya')])).toEqual([])
  })

  test('gets 503 when agents fill a bound of their own', () => {
    const journeys = new UnansweredJourneys(2)
    dropped(journeys, [agent('noor'), agent('maya')])
    expect(() => journeys.admit(agent('sam'), now)).toThrow('too many journeys wait')
  })

  test('gets the place of an expired journey', () => {
    const journeys = new UnansweredJourneys(1)
    dropped(journeys, [agent('noor')])
    journeys.admit(agent('noor'), later)
  })
})

test('frees a place once when a journey is answered', () => {
  const journeys = new UnansweredJourneys(20)
  dropped(journeys, repeat(2, from('192.0.2.1')))
  journeys.remove('0')
  journeys.remove('0')
  journeys.remove('unknown')
  expect(journeys.size()).toBe(1)
  expect(journeys.add('a', from('192.0.2.1'), later, now)).toBeUndefined()
  expect(journeys.add('b', from('192.0.2.1'), later, now)).toBe('1')
})

test('frees the place of an expired journey', () => {
  const journeys = new UnansweredJourneys(10)
  journeys.add('a', from('192.0.2.1'), later, now)
  expect(journeys.add('b', from('192.0.2.1'), later + 60_000, later)).toBeUndefined()
  expect(journeys.size()).toBe(1)
})
