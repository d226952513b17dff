import { hash } from 'node:crypto'
import type { Asked } from './conditions.ts'
import { brokenInvariant, judge, type Told } from './judge.ts'
import { type Operation, operations } from './operations.ts'
import { type Content, contentReader } from './rows.ts'
import type { Actor, Bounds, Found, Scope, Step } from './scope.ts'
import type { Desk, Progress, World } from './world.ts'

type Running = Readonly<{ word: string; attempt: number; did: readonly boolean[]; progress: Progress }>
type Client = Actor & Readonly<{ running?: Running | undefined; told: readonly Told[] }>
type State = Readonly<{ clock: number; crashes: number; clients: readonly Client[]; content: Content }>

type Next = { state: State; step: Step; wrong?: string | undefined }
type Move = (state: State) => Promise<Next>

/** Visits every state of a scope, depth first, up to a number of states and a depth; ends at the first violation. */
export class Exploration {
  readonly #world: World
  readonly #scope: Scope
  readonly #start: number
  readonly #read: () => Content
  /** The smallest depth at which a state was seen. */
  readonly #seen = new Map<string, number>()
  readonly #trace: Step[] = []
  readonly #most: Bounds
  #transitions = 0
  #ends = 0
  #depth = 0
  #isComplete = true
  #wrong: string | undefined

  constructor(world: World, scope: Scope, start: number, most: Bounds) {
    this.#world = world
    this.#scope = scope
    this.#start = start
    this.#most = most
    this.#read = contentReader(world.connection)
  }

  /** Visits every state. */
  run(): Promise<Found> {
    return this.#inScope((first) => this.#visit(first, 0))
  }

  /** Follows one random path to its end. @param random returns numbers from 0 up to 1. */
  walk(random: () => number): Promise<Found> {
    return this.#inScope(async (first) => {
      let state = first
      for (let moves = this.#moves(state); moves.length > 0; moves = this.#moves(state)) {
        const move = moves[Math.floor(random() * moves.length)]
        if (move === undefined) return
        const next = await move(state)
        this.#trace.push(next.step)
        this.#wrong = next.wrong ?? this.#broken(next.state)
        if (this.#wrong !== undefined) return
        state = next.state
      }
    })
  }

  async #inScope(explore: (first: State) => Promise<void>): Promise<Found> {
    const { raw } = this.#world.connection
    raw.exec('savepoint scope')
    for (const word of this.#scope.before ?? []) {
      await this.#world.complete((desk) => operationOf(word).run(desk, whoOf('dana', word, 0)), this.#start)
    }
    const clients = this.#scope.actors.map((actor) => ({ ...actor, told: [] }))
    await explore({ clock: 0, crashes: this.#scope.crashes ?? 0, clients, content: this.#read() })
    raw.exec('rollback to scope; release scope')
    const found = {
      transitions: this.#transitions,
      ends: this.#ends,
      depth: this.#depth,
      isComplete: this.#isComplete,
    }
    const counted = { states: this.#seen.size, ...found }
    return this.#wrong === undefined ? counted : { ...counted, wrong: this.#wrong, trace: this.#trace }
  }

  async #visit(state: State, depth: number): Promise<void> {
    this.#depth = Math.max(this.#depth, depth)
    const moves = this.#moves(state)
    if (moves.length === 0) this.#ends++
    for (const move of moves) {
      if (this.#isOver(depth)) return
      await this.#follow(move, state, depth)
      if (this.#wrong !== undefined) return
    }
  }

  #isOver(depth: number): boolean {
    const isOver =
      depth >= this.#most.depth || this.#seen.size >= this.#most.states || Date.now() > this.#most.until
    if (isOver) this.#isComplete = false
    return isOver
  }

  async #follow(move: Move, state: State, depth: number): Promise<void> {
    const { raw } = this.#world.connection
    raw.exec('savepoint move')
    const next = await move(state)
    this.#transitions++
    this.#trace.push(next.step)
    this.#wrong = next.wrong ?? this.#broken(next.state)
    if (this.#wrong !== undefined) return
    const key = keyOf(next.state)
    if ((this.#seen.get(key) ?? Number.POSITIVE_INFINITY) > depth) {
      const isKnown = this.#seen.has(key) && this.#most.depth === Number.POSITIVE_INFINITY
      this.#seen.set(key, depth)
      if (!isKnown) await this.#visit(next.state, depth + 1)
    }
    if (this.#wrong !== undefined) return
    this.#trace.pop()
    raw.exec(next.state.content === state.content ? 'release move' : 'rollback to move; release move')
  }

  #broken({ content, clients, clock }: State): string | undefined {
    return brokenInvariant(
      content,
      clients.flatMap(({ told }) => told),
      this.#at(clock),
    )
  }

  #at(clock: number): number {
    return this.#start + (clock === 0 ? 0 : (this.#scope.clock[clock - 1] ?? 0))
  }

  #moves({ clients, clock, crashes }: State): Move[] {
    const moves: Move[] = []
    for (const [index, { running, may, server }] of clients.entries()) {
      if (running === undefined) {
        for (const word of new Set(may)) moves.push((state) => this.#begin(state, index, word))
      } else {
        moves.push((state) => this.#go(state, index))
        if (crashes > 0) {
          if (isWrite(running)) moves.push((state) => this.#crash(state, server, index))
          moves.push((state) => this.#crash(state, server))
        }
      }
    }
    if (clock < this.#scope.clock.length) moves.push((state) => this.#tick(state))
    return moves
  }

  async #tick(state: State): Promise<Next> {
    const clock = state.clock + 1
    return {
      state: { ...state, clock },
      step: { client: 'clock', text: `${this.#at(clock) - this.#at(state.clock)} ms pass` },
    }
  }

  async #begin(state: State, index: number, word: string): Promise<Next> {
    const client = clientAt(state, index)
    const left = client.may.indexOf(word)
    const begun = { ...client, may: client.may.filter((_, place) => place !== left) }
    const next = await this.#resume(state, index, begun, { word, attempt: 0, did: [] }, [], `begins ${word}`)
    return { ...next, step: { ...next.step, begins: word } }
  }

  /** Runs a client's operation until its next request or its answer. */
  async #resume(
    state: State,
    index: number,
    client: Client,
    { word, attempt, did }: Pick<Running, 'word' | 'attempt' | 'did'>,
    learned: Progress['learned'],
    text: string,
  ): Promise<Next> {
    const { server, name } = client
    const who = whoOf(name, word, attempt)
    const operation = operationOf(word)
    const failed = (error: Error) => ({ learned, rule: undefined, answer: `${failure}${error.message}` })
    const progress = await this.#world
      .advance((desk: Desk) => operation.run(desk, who), learned, this.#at(state.clock))
      .catch(failed)
    if ('request' in progress) {
      const running = { word, attempt, did, progress }
      return { state: replaced(state, index, { ...client, running }), step: { client: name, server, text } }
    }
    return this.#answered(state, index, client, { word, attempt, did, progress }, text, progress.answer)
  }

  /** A client gets the answer to its operation. */
  #answered(state: State, index: number, client: Client, done: Running, text: string, answer: string): Next {
    const { server, name } = client
    const { word, attempt, did, progress } = done
    const operation = operationOf(word)
    const who = whoOf(name, word, attempt)
    const right =
      operation.answers?.(did, state.content.things, askedOf(who, operation, progress, did.length)) ?? []
    const isAnother = right.length > 0 && !right.includes(answer)
    const instead = right.length > 0 ? ` instead of “${right.join('” or “')}”` : ''
    const isWrong = isAnother || answer.startsWith(failure)
    return {
      state: replaced(
        state,
        index,
        toldOf(client, { operation: nameOf(word), id: who.id, by: name, key: operation.asked?.key, answer }),
      ),
      step: { client: name, server, text, answer: `${nameOf(word)}: ${answer}` },
      wrong: isWrong ? `“${word}” was answered “${answer}”${instead}` : undefined,
    }
  }

  async #go(state: State, index: number): Promise<Next> {
    const client = clientAt(state, index)
    const { word, attempt, did } = runningOf(client)
    const { after, learned, text, wrong, changed } = this.#execute(state, client)
    if (wrong !== undefined)
      return { state: after, step: { client: client.name, server: client.server, text }, wrong }
    const nowDid = changed === undefined ? did : [...did, changed]
    return this.#resume(
      after,
      index,
      { ...client, running: undefined },
      { word, attempt, did: nowDid },
      learned,
      text,
    )
  }

  /** The database answers a client's request. */
  #execute(state: State, client: Client) {
    const { word, attempt, did, progress } = runningOf(client)
    if (!('request' in progress)) throw new Error('nothing was asked')
    const { isWrite } = progress.request
    const operation = operationOf(word)
    const answer = this.#world.answer(progress.request)
    const learned = [...progress.learned, answer]
    if (!isWrite) return { after: state, learned, text: `${word} reads` }
    const asked = askedOf(whoOf(client.name, word, attempt), operation, progress, did.length)
    const rule = progress.rule ?? operation.rules[did.length] ?? operation.rules.at(-1) ?? ''
    const isRefused = isObject(answer.value) && answer.value.kind === 'refused'
    const read = isRefused ? state.content : this.#read()
    const content = read.hash === state.content.hash ? state.content : read
    const isRepeated = operation.isOptimistic === true && content === state.content
    const judged = isRepeated ? false : judge(rule, asked, state.content, content)
    const wrong = typeof judged === 'boolean' ? undefined : judged.wrong
    const changed = judged === true
    return {
      after: { ...state, content },
      learned,
      text: `${rule}: ${content === state.content ? 'changes nothing' : 'saved'}`,
      wrong,
      changed,
    }
  }

  /** A server dies, perhaps after a client's write was saved. Its clients repeat their requests at the other one. */
  async #crash(state: State, server: 'A' | 'B', saved?: number): Promise<Next> {
    const executed = saved === undefined ? undefined : this.#execute(state, clientAt(state, saved))
    const text = `server ${server} dies${executed === undefined ? '' : ` after ${executed.text}`}`
    let after: State = { ...(executed?.after ?? state), crashes: state.crashes - 1 }
    const step = { client: 'clock', text }
    if (executed?.wrong !== undefined) return { state: after, step, wrong: executed.wrong }
    for (const [index, client] of state.clients.entries()) {
      if (client.server !== server) continue
      const moved = {
        ...client,
        server: server === 'A' ? ('B' as const) : ('A' as const),
        running: undefined,
      }
      after = replaced(after, index, moved)
      if (client.running === undefined) continue
      const { word, attempt } = client.running
      const next = await this.#resume(
        after,
        index,
        moved,
        { word, attempt: attempt + 1, did: [] },
        [],
        `repeats ${word}`,
      )
      after = next.state
    }
    return { state: after, step }
  }
}

/** The beginning of the answer of an operation that throws. */
const failure = 'fails: '

/** Remembers the first word of an answer. */
function toldOf(client: Client, { answer, ...asked }: Told): Client {
  const told = { ...asked, answer: answer.split(' ')[0] ?? '' }
  const isKnown = client.told.some((each) => JSON.stringify(each) === JSON.stringify(told))
  return { ...client, running: undefined, told: isKnown ? client.told : [...client.told, told] }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function nameOf(word: string): string {
  return word.split(' ')[0] ?? ''
}

function operationOf(word: string): Operation {
  const operation = operations[nameOf(word)]
  if (operation === undefined) throw new Error(`${word} is no operation`)
  return operation
}

function whoOf(by: string, word: string, attempt: number) {
  return { by, id: word.split(' ')[1] ?? 'c1', owner: `${by}${attempt}` }
}

function askedOf(
  who: ReturnType<typeof whoOf>,
  operation: Operation,
  { learned }: Progress,
  writes: number,
): Asked {
  const times = learned.filter(({ isTime }) => isTime)
  const readAt = Number(times.at(-1)?.value ?? 0)
  const now = operation.hasFirstTime ? Number(times.at(0)?.value ?? 0) : readAt
  return {
    ...who,
    to: who.by,
    delayMs: 60_000,
    ...operation.asked,
    now,
    readAt,
    seen: idsIn(learned),
    writes,
  }
}

/** The transactions of the last list that an operation read. */
function idsIn(learned: Progress['learned']): readonly string[] {
  const list = learned.findLast(({ value }) => Array.isArray(value))?.value
  return Array.isArray(list) ? list.map((row) => String(row.idHash)) : []
}

function isWrite({ progress }: Running): boolean {
  return 'request' in progress && progress.request.isWrite
}

function clientAt({ clients }: State, index: number): Client {
  const client = clients[index]
  if (client === undefined) throw new Error('no such client')
  return client
}

function runningOf({ running }: Client): Running {
  if (running === undefined) throw new Error('the client does nothing')
  return running
}

function replaced(state: State, index: number, client: Client): State {
  return { ...state, clients: state.clients.with(index, client) }
}

function keyOf({ clock, crashes, clients, content }: State): string {
  const standing = clients.map(({ server, may, running, told }) => [
    server,
    may,
    running && [running.word, running.attempt, running.did, running.progress.learned.map(({ text }) => text)],
    told.map(({ operation, id, answer }) => `${operation} ${id} ${answer}`).toSorted(),
  ])
  return hash('md5', JSON.stringify([clock, crashes, standing, content.hash]), 'base64')
}
