import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { systemOutside } from '../../server/outside.ts'
import type { Browser } from '../client/browser.ts'
import { type JourneyClient, journeyClient } from '../client/journey-client.ts'
import type { PlayedRun } from '../play/player.ts'
import type { SessionFacts } from '../play/session-facts.ts'
import { Unobservable, type WalkWorld } from '../play/walk-world.ts'
import type { PersonUpdates } from '../walk-file.ts'
import type { ChangedPerson, KnownPerson } from '../world/people.ts'
import type { NodeReader } from './node-reader.ts'
import { reasons } from './reasons.ts'
import { type Names, remoteClient } from './remote-client.ts'
import { type RemoteServer, transactionHeader } from './remote-server.ts'
import { readSession } from './session-reader.ts'

/** Longest time that a page can ask to wait. */
const maxPollMs = 60_000

/** The people of a walk on the server. */
export interface RemotePeople {
  readonly known: Readonly<Record<string, KnownPerson>>
  readonly names: Names
  /** The name in the walk of a person who signed in; that of the server for others. Undefined for an unknown id. */
  nameOf(userName: string): Promise<string | undefined>
  changed(): Promise<ChangedPerson[]>
  update(updates: PersonUpdates): Promise<void>
}

type RemoteWorldOptions = {
  server: RemoteServer
  realm: string
  people: RemotePeople
  nodes: NodeReader | undefined
  /** The runs of the walk inside, if it was played there. */
  insideRuns: readonly PlayedRun[] | undefined
  /** The name of a journey of the project on the server. */
  journeyName(name: string): string
  waits: boolean
  /** Ends waiting. */
  signal?: AbortSignal | undefined
}

type StartedRun = {
  /** Number of the run within the walk, from 0. */
  index: number
  journey: string | undefined
  hasEnded: boolean
  requests: number
}

/** A running server, as far as a walk can see it. */
export class RemoteWorld implements WalkWorld {
  readonly people: WalkWorld['people']
  readonly time: WalkWorld['time']
  readonly isElsewhere = true
  readonly mailbox = new Unseen(reasons.mail)
  readonly http = new UnseenHttp()
  readonly #options: RemoteWorldOptions
  readonly #runs = new Map<string, StartedRun>()

  constructor(options: RemoteWorldOptions) {
    this.#options = options
    this.people = options.people.known
    this.time = {
      now: systemOutside.now,
      pass: async (milliseconds, why) => {
        if (why !== 'poll' && !options.waits) throw new Unobservable(reasons.wait)
        if (why === 'poll' && milliseconds > maxPollMs && !options.waits) {
          throw new Unobservable(reasons.longPoll)
        }
        await sleep(milliseconds, undefined, options.signal === undefined ? {} : { signal: options.signal })
      },
    }
  }

  /** A client for the browser of a party. */
  readonly connect = (browser: Browser): JourneyClient => {
    const { server, realm, people, journeyName } = this.#options
    let run: StartedRun | undefined
    const client = journeyClient(server.send, realm, { browser, now: this.time.now })
    const named = remoteClient(client, people.names, ({ kind }) => {
      if (run === undefined) return
      run.hasEnded = kind !== 'page'
      run.requests++
    })
    return {
      ...named,
      start: ({ journey, ...start }) => {
        run = this.#runs.get(start.headers[transactionHeader] ?? '')
        return named.start({ ...start, journey: journey === undefined ? undefined : journeyName(journey) })
      },
    }
  }

  watch(journey: string | undefined): ReturnType<WalkWorld['watch']> {
    const id = `sidegate-${randomUUID()}`
    this.#runs.set(id, { index: this.#runs.size, journey, hasEnded: false, requests: 0 })
    return { watch: id, headers: { [transactionHeader]: id } }
  }

  async recorded(watch: string): Promise<readonly RecordedStep[]> {
    const { nodes, server, insideRuns = [] } = this.#options
    if (nodes === undefined) throw new Unobservable(reasons.logs)
    const { index = 0, journey, hasEnded = false, requests = 0 } = this.#runs.get(watch) ?? {}
    const inside = insideRuns[index]?.steps.filter(
      ({ request, result }) => request <= requests && result === 'outcome',
    )
    return nodes.read(server.transactionIds(watch), { journey, hasEnded, inside })
  }

  async sessionOf(token: string, cookie: string | undefined): Promise<SessionFacts> {
    const { server, realm, people } = this.#options
    const session = await readSession(server, realm, { token, cookie })
    return { ...session, person: await people.nameOf(session.person) }
  }

  changedPeople(): Promise<ChangedPerson[]> {
    return this.#options.people.changed()
  }

  update(updates: PersonUpdates): Promise<void> {
    return this.#options.people.update(updates)
  }

  async signIn(): Promise<never> {
    throw new Unobservable(reasons.signIn)
  }

  async request(): Promise<never> {
    throw new Unobservable(reasons.request)
  }

  async answerApproval(): Promise<never> {
    throw new Unobservable(reasons.signIn)
  }

  async answerOnPhone(): Promise<never> {
    throw new Unobservable(reasons.phone)
  }

  async reject(): Promise<never> {
    throw new Unobservable(reasons.transaction)
  }

  async feedOf(): Promise<never> {
    throw new Unobservable(reasons.feed)
  }

  /** Walks that need a transaction are not played. */
  async transactionOf(): Promise<undefined> {
    return undefined
  }

  async settle(): Promise<void> {}
}

/** A list that can't be seen. */
class Unseen {
  readonly #reason: string

  constructor(reason: string) {
    this.#reason = reason
  }

  get all(): never {
    throw new Unobservable(this.#reason)
  }
}

class UnseenHttp {
  get calls(): never {
    throw new Unobservable(reasons.calls)
  }

  get unmocked(): never {
    throw new Unobservable(reasons.calls)
  }

  get unexpected(): never {
    throw new Unobservable(reasons.calls)
  }
}
