import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../src/journey/json.ts'
import { startServer, type TestServer } from './start-server.ts'
import { authenticate, filledIn, signIn, startJourney, stepOf, type WireStep } from './wire.ts'

const seed = 20_260_131
const requests = 2000
const atOnce = 8

let server: TestServer
let url: string
let steps: WireStep[]

beforeAll(async () => {
  server = await startServer()
  url = server.url
  const journeys = ['Greeting', 'HelpDesk', 'Login']
  steps = await Promise.all(journeys.map(async (name) => stepOf(await startJourney(url, name))))
})

afterAll(() => server.stop())

/** The same numbers from 0 to 1 for the same seed: mulberry32. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const odd: readonly Json[] = [
  null, true, false, 0, -1, 1e308, 2 ** 53, 0.1, '', ' ', 'alex', 'IDToken1', '__proto__', 'constructor',
  '\u0000', '\ud800', '🦊', '../..', '%00', 'x'.repeat(3000), [], {}, [[]], [null], { a: { b: [] } },
  'NameCallback', 'PasswordCallback', 'HttpCallback',
] // biome-ignore format: a list of oddities

const names = [
  'authId',
  'callbacks',
  'type',
  'input',
  'output',
  'name',
  'value',
  '_id',
  'stage',
  'x',
  'toString',
]

class Oddities {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = numbersFrom(seed)
  }

  chance(share: number): boolean {
    return this.#next() < share
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit)
  }

  of<Value>(list: readonly Value[]): Value {
    return list[this.below(list.length)] as Value
  }

  json(depth = 0): Json {
    if (depth > 4 || this.chance(0.5)) return this.of(odd)
    const count = this.below(4)
    if (this.chance(0.4)) return Array.from({ length: count }, () => this.json(depth + 1))
    return Object.fromEntries(Array.from({ length: count }, () => [this.of(names), this.json(depth + 1)]))
  }

  /** The same value with something in it replaced, left out, doubled or added. */
  changed(value: Json): Json {
    if (typeof value !== 'object' || value === null || this.chance(0.1)) return this.json()
    if (Array.isArray(value)) {
      const place = this.below(value.length + 1)
      const held = value[place]
      if (held === undefined) return [...value, this.json()]
      const instead = this.of([[], [held, held], [this.changed(held)], [this.changed(held)]] as Json[][])
      return [...value.slice(0, place), ...instead, ...value.slice(place + 1)]
    }
    const entries = Object.entries(value)
    const place = this.below(entries.length + 1)
    const [name, held] = entries[place] ?? [this.of(names), null]
    if (this.chance(0.15)) return Object.fromEntries(entries.toSpliced(place, 1))
    return { ...value, [name]: this.changed(held) }
  }

  /** A text with a few characters replaced or cut off. */
  torn(text: string): string {
    const place = this.below(text.length)
    if (this.chance(0.3)) return text.slice(0, place)
    return (
      text.slice(0, place) + this.of(['"', '{', ']', '\\', '\u0000', '1', ',', 'é']) + text.slice(place + 1)
    )
  }

  body(): string {
    const step = filledIn(this.of(steps), ...Array.from({ length: this.below(3) }, () => this.json()))
    switch (this.below(4)) {
      case 0:
        return JSON.stringify(this.json())
      case 1:
        return this.torn(JSON.stringify(step))
      case 2:
        return JSON.stringify({ ...step, authId: this.torn(String(step.authId)) })
      default:
        return JSON.stringify(this.changed(step))
    }
  }

  query(): string {
    if (this.chance(0.6)) return ''
    const known = [
      'authIndexType',
      'authIndexValue',
      'goto',
      'suspendedId',
      'locale',
      'noSession',
      'ForceAuth',
      'realm',
    ]
    const values = [
      'service',
      'transaction',
      'composite_advice',
      'Greeting',
      '<Advices/>',
      '/alpha',
      'true',
      '\u0000',
    ]
    const pairs = Array.from({ length: 1 + this.below(3) }, (): [string, string] => [
      this.of(known),
      this.chance(0.7) ? this.of(values) : String(this.of(odd)),
    ])
    return `?${new URLSearchParams(pairs)}`
  }
}

test(`${requests} random requests get an answer in AM's shape, and none is an error of ours`, async () => {
  const oddities = new Oddities(seed)
  const waiting = Array.from({ length: requests }, () => ({ body: oddities.body(), query: oddities.query() }))
  const counts = new Map<number, number>()
  const ask = async () => {
    for (let asked = waiting.pop(); asked !== undefined; asked = waiting.pop()) {
      const { status, body } = await authenticate(url, asked)
      counts.set(status, (counts.get(status) ?? 0) + 1)
      const shape = status === 200 ? ('authId' in body ? 'authId' : 'realm') : 'message'
      expect(body, JSON.stringify(asked)).toHaveProperty(shape)
      expect([200, 400, 401], `${status} to ${JSON.stringify(asked)}`).toContain(status)
      expect(String(body.message)).not.toMatch(/node_modules|\.ts:\d|Zod/)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
  // Both kinds were there in numbers, or this shows little.
  expect(counts.get(200)).toBeGreaterThan(100)
  expect(counts.get(400)).toBeGreaterThan(500)
  expect(await signIn(url, 'alex', 'Alex-Pass-2026')).toEqual(expect.any(String))
}, 60_000)
