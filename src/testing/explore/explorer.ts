import { createHash } from 'node:crypto'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { closureOf } from '../../journeys/exchange/closure.ts'
import type { HttpMock } from '../http-mock.ts'
import type { Project } from '../project/project.ts'
import { type Person, walkFileSchema } from '../walk-file.ts'
import { environmentOf } from '../world/environment.ts'
import { mergedSettings } from '../world/import-project.ts'
import { type PreparedWorld, prepareWorld } from '../world/prepared-world.ts'
import { World } from '../world/world.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { callerTrails, unlessMismatch, waitsForCaller } from './callers.ts'
import { Forks, type Spot, withoutRevision } from './forks.ts'
import { madeUpVariables, userNameOf } from './made-up-people.ts'
import { comparedTexts } from './sought-attributes.ts'
import { startsOf } from './starts.ts'
import type { Trail } from './trail.ts'
import type { Start, TriedMock, Try } from './tried.ts'
import { triesFrom } from './tries.ts'

/** Limits that would stop an explorer that tries many wrong answers. */
const patientRealm = {
  lockout: { maxFailures: 0, maxFailuresInARow: 100 },
  limits: {
    requestsPerAddress: 0,
    failuresPerAddress: 0,
    samlAnswersPerAddress: 0,
    transactionsPerClient: 0,
  },
  journeyMinutes: 120,
}

/** Steps of a trail at most. */
const maxDepth = 14
/** Stubs of a trail at most, besides those of nodes that never run here. */
const maxStubs = 3
/** Mocked calls of a trail at most. */
const maxMocks = 6

/** What an HTTP service can answer. */
const replies: readonly { reply: unknown; label: string }[] = [
  { reply: { status: 200, json: {} }, label: 'an empty reply' },
  { reply: { status: 500 }, label: 'a server error of a service' },
  { reply: 'timeout', label: 'a timeout of a service' },
]

/** When to stop exploring a journey. A journey starts in any case. */
export type Limits = {
  /** End of the time, as `performance.now()`. Default: never. */
  until?: number | undefined
  /** Requests at most. Default: any number. */
  requests?: number | undefined
  /** Requests without a new outcome. Default: any number. */
  patience?: number | undefined
  signal?: AbortSignal | undefined
}

/** The trails of one journey. */
export type Explored = {
  journey: string
  /** Requests that were made. */
  forks: number
  /** Why the journey can't be explored. */
  failure?: string
  /** All ways that were tried, the shortest first. */
  trails: readonly Trail[]
  /** Trails that no answer continues. */
  stuck: readonly Trail[]
  /** Whether everything was tried. */
  isComplete: boolean
}

/**
 * Stores a configuration for explorers.
 * @param bundle the configuration of the project, perhaps with pages in place of nodes that don't run.
 */
export function prepareExploring(
  { realm, settings, addTo }: Project,
  bundle: Bundle,
  hosts: WorldHosts,
): Promise<PreparedWorld> {
  return prepareWorld(hosts, {
    realm,
    bundle,
    settings: mergedSettings(settings.settings, patientRealm),
    addTo,
  })
}

type ExplorerOptions = {
  hosts: WorldHosts
  prepared: PreparedWorld
  people: Readonly<Record<string, Person>>
}

/** Opens a world with made-up people and variables. @throws OperationError naming a person that can't be created. */
export function openExploring(
  { bundle, settings }: Pick<Project, 'bundle' | 'settings'>,
  { hosts, prepared, people, mocks = [] }: ExplorerOptions & { mocks?: readonly HttpMock[] },
): Promise<World> {
  return World.open(hosts, prepared, {
    seed: 'explore',
    people,
    mocks,
    environment: environmentOf({ ...madeUpVariables(bundle, settings.esv), ...settings.esv }),
    allowedHosts: settings.allow,
    isAsVendor: settings.engine === 'vendor',
  })
}

/**
 * Explores a journey in a world of its own, so that other journeys don't matter.
 * @param prepared from `prepareExploring`.
 * @returns what was found until a limit was reached.
 */
export async function exploreJourney(
  project: Project,
  journey: string,
  { limits, ...options }: ExplorerOptions & { limits: Limits },
): Promise<Explored> {
  const mocks: HttpMock[] = []
  const world = await openExploring(project, { ...options, mocks })
  try {
    const forks = await Forks.of(world, project.realm, mocks)
    const search = new Search(project.bundle, journey, options.people)
    return await new Explorer(forks, search).explore(
      startsOf(project.bundle, journey, options.people),
      limits,
    )
  } finally {
    await world.close()
  }
}

/** Plays one journey without knowing it. */
class Explorer {
  readonly #forks: Forks
  readonly #search: Search

  constructor(forks: Forks, search: Search) {
    this.#forks = forks
    this.#search = search
  }

  /** Explores breadth first. */
  async explore(
    starts: readonly Start[],
    { until = Infinity, requests = Infinity, patience = Infinity, signal }: Limits,
  ): Promise<Explored> {
    const search = this.#search
    const { journey } = search
    for (const start of starts) {
      const first = { journey, start, tries: [], http: [], stub: {} }
      await this.#withMocks(first, (mocks) => this.#forks.start(journey, start, mocks))
    }
    let quietSince = this.#forks.count
    for (let trail = search.next(); trail !== undefined; trail = search.next()) {
      signal?.throwIfAborted()
      const { count } = this.#forks
      if (search.foundOutcome) quietSince = count
      search.foundOutcome = false
      const isOver = performance.now() > until || count >= requests || count > quietSince + patience
      if (isOver) return { ...search.result(false), forks: count }
      await this.#continue(trail)
    }
    return { ...search.result(true), forks: this.#forks.count }
  }

  async #continue(trail: Trail): Promise<void> {
    const search = this.#search
    search.isLeft = false
    const at = nodeAt(trail.spot)
    const triesAt = (spot: Spot) => triesFrom(spot, search.contextOf(spot))
    const all = triesAt(trail.spot).map((each) => ({ ...each, at }))
    // A page that comes back: the best answer, and what was answered before, as for a limit of attempts.
    const earlier = trail.tries.filter((each) => each.at === at)
    const tries =
      earlier.length === 0
        ? all
        : all.filter((each, place) => place === 0 || earlier.some(({ label }) => label === each.label))
    for (const each of tries) {
      const stub = stubAfter(trail, each)
      if (stub === undefined) continue
      const { spot, ...rest } = trail
      const next = { ...rest, tries: [...trail.tries, each], stub }
      await this.#withMocks(next, (mocks) => this.#forks.step(spot, each.steps, mocks))
    }
    if (waitsForCaller(trail)) {
      const options = { forks: this.#forks, mocks: trail.http.map(compiledMock), triesAt }
      for (const next of await callerTrails(trail, options)) search.add(next)
    }
    if (!search.isLeft) search.stuck.push(trail)
  }

  /** Takes a step, and again with each reply to the calls that it makes. */
  async #withMocks(
    trail: Omit<Trail, 'spot'>,
    take: (mocks: readonly HttpMock[]) => Promise<Spot | undefined>,
  ): Promise<void> {
    const spot = await take(trail.http.map(compiledMock)).catch(unlessMismatch)
    if (spot === undefined) return
    const unmocked = spot.calls.find(({ mock }) => mock === undefined)
    if (unmocked === undefined || trail.http.length >= maxMocks) {
      if (unmocked === undefined) this.#search.add({ ...trail, spot })
      else this.#search.isLeft = true
      return
    }
    const { method, url } = unmocked
    for (const { reply, label } of replies) {
      const http = [...trail.http, { [method]: url, reply }]
      await this.#withMocks({ ...trail, http, tries: labelled(trail.tries, label) }, take)
    }
  }
}

/** The stubs after a try. Undefined if there are too many, or if a node has run that should have one: walks have a stub for all visits. */
function stubAfter({ tries, stub }: Trail, { stub: chosen, runs }: Try): Trail['stub'] | undefined {
  if (runs !== undefined) return Object.hasOwn(stub, runs) ? undefined : stub
  if (chosen === undefined) return stub
  const [id, given] = chosen
  const existing = stub[id]
  if (existing !== undefined) return existing.outcome === given.outcome ? stub : undefined
  const hasRun = tries.some((each) => each.runs === id)
  const others = Object.values(stub).filter(({ isNeeded }) => !isNeeded).length
  return hasRun || (!given.isNeeded && others >= maxStubs) ? undefined : { ...stub, [id]: given }
}

function labelled(tries: readonly Try[], label: string): readonly Try[] {
  const last = tries.at(-1)
  if (last === undefined) return [{ steps: [], label }]
  return [...tries.slice(0, -1), { ...last, label: `${last.label} and ${label}` }]
}

/** The node that a journey waits at, with the journeys around it. */
function nodeAt({ run }: Spot): string {
  return run.session.position.map(({ nodeId }) => nodeId).join(' ')
}

function compiledMock(mock: TriedMock): HttpMock {
  const { http = [] } = walkFileSchema.parse({ http: [mock], walks: [{ it: 'calls' }] })
  const [compiled] = http
  if (compiled === undefined) throw new Error('a mock was lost')
  return compiled
}

/** The trails of one journey, and which of them to continue. */
class Search {
  readonly stuck: Trail[] = []
  /** Whether an answer has left a page since this was reset. */
  isLeft = false
  /** Whether an outcome was found since this was reset. */
  foundOutcome = false
  readonly journey: string
  /** With the types of nodes that stubs stand for. */
  readonly #bundle: Bundle
  readonly #people: Readonly<Record<string, Person>>
  readonly #trails: Trail[] = []
  readonly #open: Trail[] = []
  readonly #seen = new Set<string>()
  readonly #outcomes = new Set<string>()
  readonly #creates: boolean
  readonly #texts: readonly string[]

  constructor(bundle: Bundle, journey: string, people: Readonly<Record<string, Person>>) {
    this.#bundle = bundle
    this.journey = journey
    this.#people = people
    this.#texts = comparedTexts(closureOf([journey], bundle, 'inner journeys'))
    const creating = /^(CreateObject|ProvisionIdmAccount|ProvisionDynamicAccount)Node$/
    const document = bundle.journeys.find(({ _id }) => _id === journey)
    this.#creates = Object.values(document?.nodes ?? {}).some(({ nodeType }) => creating.test(nodeType))
  }

  add(trail: Trail): void {
    const { spot } = trail
    if (spot.isRefused) return
    if (hasMoved(spot)) this.isLeft = true
    const outcomes = spot.steps.map(({ nodeId, outcome, result }) => `${nodeId} ${outcome ?? result}`)
    const isNew = outcomes.some((each) => !this.#outcomes.has(each))
    for (const each of outcomes) this.#outcomes.add(each)
    if (isNew) this.foundOutcome = true
    const key = `${JSON.stringify(trail.start)} ${keyOf(spot)}`
    const isSeen = this.#seen.has(key) && !isNew
    if (!isSeen || trail.tries.at(-1)?.isWrong) this.#trails.push(trail)
    if (isSeen) return
    this.#seen.add(key)
    const isOpen = spot.session.outcome === 'underway' && trail.tries.length < maxDepth
    // Ways to new outcomes come first.
    if (isOpen && isNew) this.#open.unshift(trail)
    else if (isOpen) this.#open.push(trail)
  }

  next(): Trail | undefined {
    return this.#open.shift()
  }

  contextOf(spot: Spot) {
    const people = this.#people
    const { username, userName } = spot.run.session.shared
    const name = spot.run.session.identified?.name ?? username ?? userName
    const identity = spot.people.find((each) => each.id === name || each.userName === name)
    const known = identity?.userName ?? name
    return {
      people,
      person: typeof known === 'string' ? nameOf(people, known) : undefined,
      exists: identity !== undefined,
      nodeTypes: this.#typesAt(spot),
      creates: this.#creates,
      texts: this.#texts,
    }
  }

  result(isComplete: boolean): Omit<Explored, 'forks'> {
    return { journey: this.journey, trails: this.#trails, stuck: this.stuck, isComplete }
  }

  #typesAt({ run }: Spot): ReadonlySet<string> {
    const { journey, nodeId } = run.session.position.at(-1) ?? {}
    const placed = this.#bundle.journeys.find(({ _id }) => _id === journey)?.nodes[nodeId ?? '']
    const config = this.#bundle.nodes.find(({ id }) => id === nodeId)?.config
    const children = Array.isArray(config?.nodes) ? config.nodes : []
    const types = children.flatMap((child) =>
      typeof child === 'object' && child !== null && 'nodeType' in child ? [String(child.nodeType)] : [],
    )
    return new Set([...(placed === undefined ? [] : [placed.nodeType]), ...types])
  }
}

/** The name in walks of the person with this username. */
function nameOf(people: Readonly<Record<string, Person>>, userName: string): string {
  return Object.keys(people).find((name) => userNameOf(people, name) === userName) ?? userName
}

/** Whether nodes were left in the last request. */
function hasMoved({ steps, session }: Spot): boolean {
  const last = steps.at(-1)?.request
  return (
    session.outcome !== 'underway' ||
    steps.some(({ request, result, page }) => request === last && page === null && result !== 'callbacks')
  )
}

/** Equal for places at which the same answers lead to the same places. */
function keyOf({ run, session, people, mails, mentioned, shown, caller }: Spot): string {
  const { position, shared, secure, pending, isSuspended, identified, proofs = [] } = run.session
  const state = [
    session.outcome,
    position,
    shared,
    secure,
    pending,
    isSuspended,
    identified,
    proofs.map(({ method }) => method),
    people.map(withoutRevision),
    mails.slice(mentioned).map(({ to, subject }) => [to, subject]),
    shown.kind === 'failure' ? shown.message : '',
    caller && [caller.shown.kind, caller.run?.session.position],
  ]
  return createHash('sha256')
    .update(steady(JSON.stringify(state)))
    .digest('base64')
}

/** Without times, codes and random names. */
function steady(text: string): string {
  return text.replaceAll(/[\w+/=-]{24,}/g, '*').replaceAll(/\d{6,}/g, '*')
}
