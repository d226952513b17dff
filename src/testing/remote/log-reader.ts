import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { parsedJson } from '../../base/json.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { type Visit, visitsOf } from '../play/visits.ts'
import { Unobservable } from '../play/walk-world.ts'
import type { NodeNames, NodeReader, RunThere } from './node-reader.ts'
import { reasons } from './reasons.ts'
import { type Response, sendTo } from './remote-server.ts'
import type { Target } from './targets.ts'

// Reads the log API of PingOne Advanced Identity Cloud, which our own server has, too. Source: "Get audit and debug logs".

const nodeEvent = 'AM-NODE-LOGIN-COMPLETED'
const endEvent = 'AM-TREE-LOGIN-COMPLETED'

const pageSchema = z.object({
  result: z.array(z.object({ payload: z.unknown() })),
  pagedResultsCookie: z.string().nullish(),
})

const eventSchema = z.object({ eventName: z.string(), timestamp: z.string(), entries: z.unknown() })

const nodeSchema = z.object({
  info: z.object({
    nodeId: z.string(),
    nodeType: z.string(),
    nodeOutcome: z.string(),
    displayName: z.string().default(''),
    treeName: z.string().default(''),
  }),
})

type LoggedNode = z.output<typeof nodeSchema>['info']
type Logged = { isEnd: boolean; at: number; node: LoggedNode | undefined }

/** Logs arrive late on a tenant. */
const usualPatienceMs = 60_000
const maxDelayMs = 5000
const maxPages = 20

type LogReaderOptions = {
  logs: NonNullable<Target['logs']>
  environment: Readonly<Record<string, string | undefined>>
  names: NodeNames
  /** How long to wait for a complete run. */
  patienceMs?: number | undefined
}

export class LogReader implements NodeReader {
  readonly #origin: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #names: NodeNames
  readonly #patienceMs: number
  /** Why later runs aren't tried. */
  #refusal: string | undefined

  /** @throws OperationError if a variable is not set. */
  constructor({ logs, environment, names, patienceMs = usualPatienceMs }: LogReaderOptions) {
    const [key, secret] = [logs.keyEnv, logs.secretEnv].map((name) => environment[name])
    if (!key || !secret) {
      throw new OperationError(
        `Set the environment variables ${logs.keyEnv} and ${logs.secretEnv} to read logs`,
      )
    }
    this.#origin = logs.origin
    this.#headers = { 'x-api-key': key, 'x-api-secret': secret }
    this.#names = names
    this.#patienceMs = patienceMs
  }

  async read(ids: readonly string[], run: RunThere): Promise<readonly RecordedStep[]> {
    if (this.#refusal !== undefined) throw new Unobservable(this.#refusal)
    if (!run.hasEnded && (run.inside ?? []).length === 0) throw new Unobservable(reasons.openRun)
    const until = performance.now() + this.#patienceMs
    for (let delay = 100; ; delay = Math.min(delay * 2, maxDelayMs)) {
      const events = await this.#eventsOf(ids)
      const steps = this.#stepsOf(events ?? [], run.journey)
      const isComplete = run.hasEnded
        ? events?.some(({ isEnd }) => isEnd)
        : isAsFar(visitsOf(steps), visitsOf(run.inside ?? []))
      if (events !== undefined && isComplete) {
        if (!events.some(({ node }) => node !== undefined)) throw new Unobservable(reasons.noNodes)
        return steps
      }
      if (performance.now() + delay > until)
        throw new Unobservable(run.hasEnded ? reasons.lateLogs : reasons.openRun)
      await sleep(delay)
    }
  }

  /** @returns undefined if the server asks to come back later. */
  async #eventsOf(ids: readonly string[]): Promise<Logged[] | undefined> {
    const all: Logged[] = []
    for (const id of ids) {
      const events: Logged[] = []
      let cookie: string | undefined
      for (let page = 0; page < maxPages; page++) {
        const found = await this.#page(id, cookie)
        if (found === undefined) return undefined
        events.push(...found.events)
        cookie = found.cookie
        if (cookie === undefined) break
      }
      // Some servers list the newest first. Events of the same millisecond keep their order.
      const isReversed = (events[0]?.at ?? 0) > (events.at(-1)?.at ?? 0)
      all.push(...(isReversed ? events.toReversed() : events))
    }
    return all.toSorted((left, right) => left.at - right.at)
  }

  async #page(id: string, cookie: string | undefined) {
    const query = new URLSearchParams({ source: 'am-authentication', transactionId: id, _pageSize: '1000' })
    if (cookie !== undefined) query.set('_pagedResultsCookie', cookie)
    const response = await this.#ask(`${this.#origin}/monitoring/logs?${query}`)
    if (response.status === 429) return undefined
    if (response.status === 401 || response.status === 403) this.#refuse(reasons.refusedKey)
    if (response.status === 404) this.#refuse(reasons.noLogs)
    const parsed = response.status === 200 ? pageSchema.safeParse(parsedJson(response.body)) : undefined
    if (parsed?.success !== true) throw new Unobservable(reasons.brokenLogs)
    const events = parsed.data.result.flatMap(({ payload }) => loggedIn(payload) ?? [])
    return { events, cookie: parsed.data.pagedResultsCookie ?? undefined }
  }

  async #ask(url: string): Promise<Response> {
    try {
      return await sendTo(url, { method: 'GET', headers: this.#headers })
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      throw new Unobservable(reasons.brokenLogs)
    }
  }

  #refuse(reason: string): never {
    this.#refusal = reason
    throw new Unobservable(reason)
  }

  #stepsOf(events: readonly Logged[], root: string | undefined): RecordedStep[] {
    return events
      .flatMap(({ node, at }) => (node === undefined ? [] : { node, at }))
      .map(({ node, at }) => ({ node, at, id: this.#names.idOf(node.nodeId) }))
      .filter(({ id }) => !this.#names.isOnPage(id))
      .map(({ node, at, id }, place) => {
        const journey = this.#names.journeyOf(id) ?? this.#names.nameOf(node.treeName)
        return {
          ...unknownParts,
          order: place + 1,
          at,
          journeys: root === undefined || journey === root ? [journey] : [root, journey],
          nodeId: id,
          nodeType: this.#names.typeOf(node.nodeType),
          displayName: node.displayName,
          outcome: this.#names.outcomeOf(node.nodeOutcome),
        }
      })
  }
}

/**
 * Whether logs that arrive in their order have come to the last node that a run has left, as the same run inside shows it. The
 * number of nodes decides if the server left others.
 */
function isAsFar(there: readonly Visit[], inside: readonly Visit[]): boolean {
  const last = inside.at(-1)
  const times = (visits: readonly Visit[]) =>
    visits.filter(({ id, outcome }) => id === last?.id && outcome === last.outcome).length
  return there.length >= inside.length || times(there) >= times(inside)
}

/** What logs don't say. */
const unknownParts: Pick<
  RecordedStep,
  'request' | 'page' | 'result' | 'duration' | 'callbacks' | 'reads' | 'writes' | 'log'
> = {
  request: 0,
  page: null,
  result: 'outcome',
  duration: 0,
  callbacks: [],
  reads: [],
  writes: [],
  log: [],
}

/** @returns undefined for other events. Their payload can also be a text. */
function loggedIn(payload: unknown): Logged | undefined {
  const event = eventSchema.safeParse(payload)
  if (!event.success) return undefined
  const { eventName, timestamp, entries } = event.data
  const at = Date.parse(timestamp)
  if (eventName === endEvent) return { isEnd: true, at, node: undefined }
  if (eventName !== nodeEvent) return undefined
  const [entry] = Array.isArray(entries) ? entries : [entries]
  const node = nodeSchema.safeParse(entry)
  return node.success ? { isEnd: false, at, node: node.data.info } : undefined
}
