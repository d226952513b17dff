import { randomBytes } from 'node:crypto'
import { OperationError } from '../../base/errors.ts'
import { effectiveWalk } from '../effective-walk.ts'
import { filledPeople } from '../filled-people.ts'
import { type PlayedWalk, playWalk } from '../play/play-walk.ts'
import type { PlayedRun } from '../play/player.ts'
import { Unobservable } from '../play/walk-world.ts'
import type { TestedProject } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import type { PersonUpdates, WalkFile } from '../walk-file.ts'
import { Admin } from './admin.ts'
import { LogReader } from './log-reader.ts'
import type { NodeNames, NodeReader } from './node-reader.ts'
import { openPeople } from './open-people.ts'
import type { Names } from './remote-client.ts'
import { PeopleReader, PeopleThere } from './remote-people.ts'
import { RemoteServer, TargetError } from './remote-server.ts'
import { RemoteWorld } from './remote-world.ts'
import { type ServerVersion, versionOf } from './server-version.ts'
import { RefusedError } from './sign-in.ts'
import type { Target } from './targets.ts'
import { mentionedPeople, unplayable } from './unplayable.ts'

/** What one walk did on the server. `reason`: why it was not played. `message`: why it can't be played; undefined if that shows inside. */
export type LaneThere =
  | { kind: 'played'; played: PlayedWalk }
  | { kind: 'unplayed'; reason: string }
  | { kind: 'broken'; message: string | undefined }

/** People who exist only for one walk. */
export type CreatedPeople = {
  names: Names
  passwords: Readonly<Record<string, string>>
  change(userName: string, update: PersonUpdates[string]): Promise<void>
  remove(): Promise<void>
}

/** Creates journeys and people on the server, and removes them. */
export interface Provisioning {
  readonly nodes: NodeNames
  journeyName(name: string): string
  create(people: NonNullable<WalkFile['people']>, expected: readonly string[]): Promise<CreatedPeople>
  /** Removes everything. */
  close(): Promise<void>
}

type Options = {
  environment: Readonly<Record<string, string | undefined>>
  /** Whether walks wait as long as they say. */
  waits: boolean
  /** Ends waiting. */
  signal?: AbortSignal | undefined
  /** How long to wait for logs. */
  patienceMs?: number | undefined
  /** Creates what walks need, once the administrator has signed in. */
  provision?: ((admin: Admin, realm: string) => Promise<Provisioning>) | undefined
}

type Given = { walk: ReturnType<typeof effectiveWalk>; insideRuns: readonly PlayedRun[] | undefined }

/** Plays walks of a project on a running server. */
export class RemoteTester {
  readonly version: ServerVersion
  /** Why people can't be read; undefined if they can, or nobody asked. */
  readonly refusal: string | undefined
  readonly #project: TestedProject
  readonly #server: RemoteServer
  readonly #realm: string
  readonly #options: Options
  readonly #reader: PeopleReader | undefined
  readonly #nodes: NodeReader | undefined
  readonly #provisioning: Provisioning | undefined

  private constructor(
    project: TestedProject,
    options: Options,
    parts: {
      version: ServerVersion
      server: RemoteServer
      realm: string
      refusal: string | undefined
      reader: PeopleReader | undefined
      nodes: NodeReader | undefined
      provisioning: Provisioning | undefined
    },
  ) {
    this.#project = project
    this.#options = options
    this.version = parts.version
    this.refusal = parts.refusal
    this.#server = parts.server
    this.#realm = parts.realm
    this.#reader = parts.reader
    this.#nodes = parts.nodes
    this.#provisioning = parts.provisioning
  }

  /** @throws OperationError if the server can't be used as a target. */
  static async open(project: TestedProject, target: Target, options: Options): Promise<RemoteTester> {
    const { environment, provision, patienceMs } = options
    const realm = target.realm === undefined ? project.realm : `/${target.realm.replace(/^\/+/, '')}`
    const server = new RemoteServer(target)
    const version = await versionOf(server)
    const { admin, refusal } = await adminOf(server, target, environment)
    if (provision !== undefined && admin === undefined) {
      throw new OperationError(refusal ?? '--provision needs `admin` of the target in sidegate.yaml')
    }
    const provisioning = admin && (await provision?.(admin, realm))
    try {
      const names = provisioning?.nodes ?? namesIn(project)
      const nodes = target.logs && new LogReader({ logs: target.logs, environment, names, patienceMs })
      const reader = admin && new PeopleReader(() => openPeople(admin, realm))
      const parts = { version, server, realm, refusal, reader, nodes, provisioning }
      return new RemoteTester(project, options, parts)
    } catch (error) {
      await provisioning?.close()
      throw error
    }
  }

  /** @param insideRuns if the walk was played inside. @throws TargetError if the server can no longer be reached. */
  async run(file: LoadedWalkFile, index: number, insideRuns?: readonly PlayedRun[]): Promise<LaneThere> {
    const given = file.content.walks[index]
    if (given === undefined) throw new Error(`no walk ${index} in ${file.file}`)
    const walk = effectiveWalk(file.content, given)
    const { environment } = this.#options
    const isProvisioned = this.#provisioning !== undefined
    const { bundle } = this.#project
    const reason = unplayable({ file: file.content, walk, isProvisioned, environment, bundle })
    if (reason !== undefined) return { kind: 'unplayed', reason }
    try {
      const made = randomBytes(16).toString('hex')
      const known = { kept: { made }, secrets: environment }
      const people = filledPeople(mentionedPeople(file.content, walk), known)
      return { kind: 'played', played: await this.#withPeople(people, { walk, insideRuns }) }
    } catch (error) {
      if (error instanceof Unobservable) return { kind: 'unplayed', reason: error.message }
      const target = targetErrorIn(error)
      if (target !== undefined) throw target
      if (error instanceof OperationError) return { kind: 'broken', message: error.message }
      throw error
    }
  }

  async #withPeople(people: NonNullable<WalkFile['people']>, given: Given): Promise<PlayedWalk> {
    const created = await this.#provisioning?.create(people, Object.keys(given.walk.people ?? {}))
    try {
      return await this.#play(people, given, created)
    } finally {
      await created?.remove()
    }
  }

  /** Removes what was created for the walks. */
  async close(): Promise<void> {
    await this.#provisioning?.close()
  }

  async #play(
    people: NonNullable<WalkFile['people']>,
    { walk, insideRuns }: Given,
    created: CreatedPeople | undefined,
  ): Promise<PlayedWalk> {
    const { environment, waits } = this.#options
    const there = await PeopleThere.of({
      people: Object.fromEntries(
        Object.entries(people).map(([name, { password: _password, ...person }]) => [name, person]),
      ),
      names: created?.names ?? new Map(),
      passwords: created?.passwords ?? passwordsOf(people),
      reader: this.#reader,
      change: created?.change,
      expected: walk.people ?? {},
    })
    const world = new RemoteWorld({
      server: this.#server,
      realm: this.#realm,
      people: there,
      nodes: this.#nodes,
      insideRuns,
      journeyName: (name) => this.#provisioning?.journeyName(name) ?? name,
      waits,
      signal: this.#options.signal,
    })
    const { journeys } = this.#project.bundle
    return playWalk(world, { walk, connect: world.connect, environment, journeys })
  }
}

/** Errors of steps have the number of the step, and another error as their cause. */
function targetErrorIn(error: unknown): TargetError | undefined {
  if (error instanceof TargetError) return error
  return error instanceof OperationError && error.cause instanceof TargetError ? error.cause : undefined
}

/** Passwords that the walk gives. */
function passwordsOf(people: NonNullable<WalkFile['people']>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(people).flatMap(([name, { password }]) =>
      password === undefined ? [] : [[name, password]],
    ),
  )
}

/** A server that refuses its administrator can still be played on. */
async function adminOf(server: RemoteServer, { admin }: Target, environment: Options['environment']) {
  if (admin === undefined) return { admin: undefined, refusal: undefined }
  try {
    return { admin: await Admin.signIn(server, admin, environment), refusal: undefined }
  } catch (error) {
    if (error instanceof RefusedError) return { admin: undefined, refusal: error.message }
    throw error
  }
}

/** On the server, nodes and journeys have the ids and names of the project. */
function namesIn({ bundle }: TestedProject): NodeNames {
  const journeys = new Map(
    bundle.journeys.flatMap(({ _id, nodes }) => Object.keys(nodes).map((id) => [id, _id] as const)),
  )
  const onPages = new Set(bundle.nodes.map(({ id }) => id).filter((id) => !journeys.has(id)))
  return {
    journeyOf: (id) => journeys.get(id),
    idOf: (id) => id,
    outcomeOf: (outcome) => outcome,
    nameOf: (journey) => journey,
    typeOf: (type) => type,
    isOnPage: (id) => onPages.has(id),
  }
}
