import { hash } from 'node:crypto'
import type { Asked } from './conditions.ts'
import { brokenInvariant, isPromise, judge, type Told } from './judge.ts'
import type { Operation, Who } from './operation.ts'
import { operationOf } from './operations.ts'
import type { Content } from './rows.ts'
import type { Scene } from './scene.ts'
import type { Actor, Scope } from './scopes.ts'
import type { Progress, World } from './world.ts'

/** One arrow of a counterexample. Without a server it is a note. */
export type Step = Readonly<{ client?: string; server?: string; text: string; answer?: string | undefined }>

/** A violation: what is wrong, in which scope, and the steps that lead to it. */
export type Counterexample = { scope: string; wrong: string; trace: readonly Step[] }

/** `depth`: all states that this number of steps can reach were visited. */
export type Found = Readonly<{
  states: number
  transitions: number
  depth: number
  isComplete: boolean
  violation: Counterexample | undefined
}>

/** How far an exploration goes. `until` is in epoch milliseconds. */
export type Bounds = { states: number; until: number }

/** `begunAt`: the place of the clock, if the client did nothing but read it there. */
type Running = Readonly<{
  word: string
  begunAt: number | undefined
  did: readonly boolean[]
  progress: Extract<Progress, { request: unknown }>
}>

/** A client between two requests. Equal ones are the same object. `results` are its moves that are known. */
type Client = Actor &
  Readonly<{
    running: Running | undefined
    told: readonly Told[]
    crashes: number
    number: number
    results: Map<string, Result | 'none'>
  }>

type NewClient = Omit<Client, 'number' | 'results'>

/** What a move of one client leads to, whatever the others do. */
type Result = Readonly<{ client: Client; content: Content; step: Step; wrong?: string | undefined }>

type State = Readonly<{
  clock: number
  crashes: number
  content: Content
  clients: readonly Client[]
  from?: State
  step?: Step
}>

/** `go`: the next request. `die`: it is saved, but its server dies before the answer. `lose`: the server dies before. */
type Move = 'go' | 'die' | 'lose' | `begin ${string}` | `prepare ${string}`

/** The clock passes more than this only where no client has read it and still has to write. */
const hasteMs = 1000

/** The beginning of the answer of an operation that throws. */
const failure = 'fails: '

/**
 * Visits the states of a scope, those with the fewest steps first, and ends at the first violation. What a client does next depends
 * on its own past, the rows and the clock alone, so each such combination runs only once.
 */
export class Exploration {
  readonly #scene: Scene
  readonly #world: World
  readonly #scope: Scope
  readonly #clients = new Map<string, Client>()
  readonly #seen = new Set<string>()
  #queue: State[] = []
  #transitions = 0
  #violation: Counterexample | undefined

  constructor(scene: Scene, scope: Scope) {
    this.#scene = scene
    this.#world = scene.world
    this.#scope = scope
  }

  get #mostWrites(): number {
    return 2 * this.#scope.actors.flatMap(({ may }) => may).length + 2
  }

  async run({ states, until }: Bounds): Promise<Found> {
    let { content } = this.#scene
    for (const word of this.#scope.before ?? []) {
      const { run } = operationOf(word)
      content = await this.#world.complete((desk) => run(desk, whoOf('dana', word, 0)), content, this.#at(0))
    }
    const clients = this.#scope.actors.map((actor) =>
      this.#client({ ...actor, running: undefined, told: [], crashes: 0 }),
    )
    this.#add({ clock: 0, crashes: this.#scope.crashes ?? 0, content, clients })
    let depth = 0
    let isOver = false
    for (; this.#queue.length > 0 && !isOver && this.#violation === undefined; depth += Number(!isOver)) {
      const level = this.#queue
      this.#queue = []
      for (const state of level) {
        isOver = this.#seen.size >= states || Date.now() > until
        if (isOver) break
        await this.#visit(state)
        if (this.#violation !== undefined) break
      }
    }
    const isComplete = !isOver && this.#violation === undefined
    return {
      ...{ states: this.#seen.size, transitions: this.#transitions, depth, isComplete },
      violation: this.#violation,
    }
  }

  async #visit(state: State): Promise<void> {
    const { clients, clock, crashes } = state
    for (const [index, client] of clients.entries()) {
      for (const move of this.#moves(client, state)) {
        const known = client.results.get(keyOf(move, state))
        const result = known ?? (await this.#result(client, state, move))
        if (result !== 'none') this.#reach(state, index, result)
      }
      if (crashes > 0 && client.running !== undefined) await this.#crash(state, index, client.running)
    }
    if (this.#canTick(state)) {
      const text = `${this.#at(clock + 1) - this.#at(clock)} ms pass`
      this.#add({ ...state, clock: clock + 1, from: state, step: { text } })
    }
  }

  #moves({ running, may }: Client, { clock, crashes }: State): Move[] {
    // Until the clock moves on or the server dies, the next request could as well come at once after the begin.
    if (running !== undefined) return running.begunAt === clock ? [] : ['go']
    const words = [...new Set(may)]
    const begins = words.map((word): Move => `begin ${word}`)
    return this.#isLeap(clock) && crashes === 0
      ? begins
      : [...begins, ...words.map((word): Move => `prepare ${word}`)]
  }

  /** Whether the clock moves on so far that no client may have been about to write. True at its end. */
  #isLeap(clock: number): boolean {
    return clock >= this.#scope.clock.length || this.#at(clock + 1) - this.#at(clock) > hasteMs
  }

  #canTick({ clock, clients }: State): boolean {
    if (clock >= this.#scope.clock.length) return false
    return !this.#isLeap(clock) || !clients.some(({ running }) => running !== undefined && isHasty(running))
  }

  #reach(state: State, index: number, { client, content, step, wrong }: Result): void {
    this.#add({ ...state, content, clients: state.clients.with(index, client), from: state, step }, wrong)
  }

  #add(state: State, wrong?: string): void {
    this.#transitions++
    let key = `${state.clock} ${state.crashes} ${state.content.number}`
    for (const { number } of state.clients) key += ` ${number}`
    if (this.#seen.has(key) && wrong === undefined) return
    this.#seen.add(key)
    this.#queue.push(state)
    const told = state.clients.flatMap((client) => client.told)
    const broken = wrong ?? brokenInvariant(state.content, told, this.#at(state.clock))
    if (broken !== undefined)
      this.#violation ??= { scope: this.#scope.name, wrong: broken, trace: traceOf(state) }
  }

  #at(clock: number): number {
    return this.#scene.start + (clock === 0 ? 0 : (this.#scope.clock[clock - 1] ?? 0))
  }

  /** The server of a client dies, perhaps after its write was saved. All clients there repeat their requests at the other one. */
  async #crash(state: State, index: number, { progress, word }: Running): Promise<void> {
    const { server } = state.clients[index] ?? {}
    for (const isSaved of progress.request.isWrite ? [true, false] : [false]) {
      let { content } = state
      let wrong: string | undefined
      const clients: Client[] = []
      for (const [place, client] of state.clients.entries()) {
        const move = isSaved && place === index ? 'die' : 'lose'
        const result =
          client.server === server ? await this.#result(client, { ...state, content }, move) : 'none'
        if (result !== 'none') ({ content, wrong = wrong } = result)
        clients.push(result === 'none' ? client : result.client)
      }
      const text = `server ${server} dies${isSaved ? ` after it saved ${word}` : ''}`
      this.#add(
        { ...state, crashes: state.crashes - 1, content, clients, from: state, step: { text } },
        wrong,
      )
    }
  }

  async #result(client: Client, state: State, move: Move): Promise<Result | 'none'> {
    const key = keyOf(move, state)
    const result = client.results.get(key) ?? (await this.#newResult(client, state, move))
    client.results.set(key, result)
    return result
  }

  async #newResult(client: Client, { content, clock }: State, move: Move): Promise<Result | 'none'> {
    const { running } = client
    const [kind, ...words] = move.split(' ')
    if (kind === 'begin' || kind === 'prepare')
      return this.#begin(client, content, clock, words.join(' '), kind)
    if (kind === 'go' && running !== undefined) return this.#go(client, running, content, clock)
    const saved =
      kind === 'die' && running !== undefined ? this.#execute(client, running, content) : undefined
    const server = client.server === 'A' ? 'B' : 'A'
    const may = running === undefined ? client.may : [...client.may, running.word].toSorted()
    const lost = this.#client({ ...client, server, may, running: undefined, crashes: client.crashes + 1 })
    return { client: lost, content: saved?.content ?? content, step: { text: '' }, wrong: saved?.wrong }
  }

  async #begin(
    client: Client,
    content: Content,
    clock: number,
    word: string,
    kind: 'begin' | 'prepare',
  ): Promise<Result | 'none'> {
    const left = client.may.indexOf(word)
    const begun = { ...client, may: client.may.filter((_, place) => place !== left) }
    const before = { word, begunAt: clock, did: [] }
    const result = await this.#resume(begun, before, [], { content, clock, text: `begins ${word}` })
    const { running } = result.client
    if (kind === 'prepare') return running?.progress.learned.some(({ isTime }) => isTime) ? result : 'none'
    return running === undefined
      ? result
      : this.#go(result.client, running, content, clock, `begins ${word}; `)
  }

  async #go(client: Client, running: Running, content: Content, clock: number, begins = ''): Promise<Result> {
    const done = this.#execute(client, running, content)
    const text = `${begins}${done.text}`
    const step = { client: client.name, server: client.server, text }
    if (done.wrong !== undefined) return { client, content: done.content, step, wrong: done.wrong }
    const did = done.changed === undefined ? running.did : [...running.did, done.changed]
    // Each failed attempt means that another write was saved.
    if (did.length > this.#mostWrites) {
      return { client, content, step, wrong: `“${running.word}” repeats its request without an end` }
    }
    const now = { word: running.word, begunAt: undefined, did }
    return this.#resume(client, now, done.learned, { content: done.content, clock, text })
  }

  /** Runs a client's operation until its next request or its answer. */
  async #resume(
    client: NewClient,
    { word, begunAt, did }: Omit<Running, 'progress'>,
    learned: Progress['learned'],
    { content, clock, text }: { content: Content; clock: number; text: string },
  ): Promise<Result> {
    const { server, name, crashes } = client
    const operation = operationOf(word)
    const who = whoOf(name, word, crashes)
    const progress = await this.#world
      .advance((desk) => operation.run(desk, who), learned, this.#at(clock))
      .catch((error: Error) => ({ learned, rule: undefined, answer: `${failure}${error.message}` }))
    if ('request' in progress) {
      const running = { word, begunAt, did, progress }
      return { client: this.#client({ ...client, running }), content, step: { client: name, server, text } }
    }
    const { answer } = progress
    const asked = askedOf(who, operation, progress, did.length)
    const right = operation.answers?.(did, content.things, asked) ?? []
    const isWrong = answer.startsWith(failure) || (right.length > 0 && !right.includes(answer))
    const told = {
      operation: word.split(' ')[0] ?? '',
      id: who.id,
      by: name,
      key: operation.asked?.key,
      answer: answer.split(' ')[0] ?? '',
    }
    return {
      client: this.#client({
        ...{ ...client, running: undefined },
        told: isPromise(told) ? [...client.told, told] : client.told,
      }),
      content,
      step: { client: name, server, text, answer: `${word}: ${answer}` },
      wrong: isWrong ? `“${word}” was answered “${answer}” instead of “${right.join('” or “')}”` : undefined,
    }
  }

  /** The database answers a client's request. */
  #execute({ name, crashes }: Client, { word, did, progress }: Running, before: Content) {
    const operation = operationOf(word)
    const { answer, content } = this.#world.answer(progress.request, before)
    const learned = [...progress.learned, answer]
    if (!progress.request.isWrite) return { learned, content, text: `${word} reads` }
    const asked = askedOf(whoOf(name, word, crashes), operation, progress, did.length)
    const rule = progress.rule ?? operation.rules[did.length] ?? operation.rules.at(-1) ?? ''
    const text = `${rule}: ${content === before ? 'changes nothing' : 'saved'}`
    if (operation.isOptimistic && content === before) return { learned, content, text, changed: false }
    const judged = judge(rule, asked, before, content)
    if (typeof judged === 'boolean') return { learned, content, text, changed: judged }
    return { learned, content, text, wrong: judged.wrong }
  }

  #client(client: NewClient): Client {
    const { name, server, may, running, told, crashes } = client
    const standing = running && [
      running.word,
      running.begunAt,
      running.did,
      running.progress.learned.map(({ text }) => text),
    ]
    const key = hash('md5', JSON.stringify([name, server, may, standing, told, crashes]), 'base64')
    const known = this.#clients.get(key)
    if (known !== undefined) return known
    const created = {
      name,
      server,
      may,
      running,
      told,
      crashes,
      number: this.#clients.size,
      results: new Map(),
    }
    this.#clients.set(key, created)
    return created
  }
}

function keyOf(move: Move, { content, clock }: State): string {
  return `${move} ${content.number} ${clock}`
}

/** Whether a client has read the clock and still has to write, so that time would pass meanwhile. A step reads it again. */
function isHasty({ word, progress: { request, learned } }: Running): boolean {
  return request.isWrite || (!operationOf(word).isStep && learned.some(({ isTime }) => isTime))
}

function traceOf(last: State): Step[] {
  const steps: Step[] = []
  for (let state: State | undefined = last; state !== undefined; state = state.from) {
    if (state.step !== undefined) steps.push(state.step)
  }
  return steps.toReversed()
}

function whoOf(by: string, word: string, crashes: number): Who {
  return { by, id: word.split(' ')[1] ?? 'c1', owner: `${by}${crashes}` }
}

function askedOf(
  who: Who,
  operation: Operation,
  { learned }: Pick<Progress, 'learned'>,
  writes: number,
): Asked {
  const now = Number(learned.findLast(({ isTime }) => isTime)?.value ?? 0)
  const lists = learned.flatMap(({ value }) =>
    Array.isArray(value) ? [value.map((row) => String(row.idHash))] : [],
  )
  const [seenBefore = [], seen = []] = lists.slice(-2)
  return { ...who, to: who.by, delayMs: 60_000, ...operation.asked, now, seen, seenBefore, writes }
}
