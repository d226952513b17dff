import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { OperationError } from '../base/errors.ts'
import { suggestion } from '../base/suggestion.ts'
import type { ScriptCoverage } from '../sandbox/script-coverage.ts'
import type { Browser } from './client/browser.ts'
import { type JourneyClient, journeyClient } from './client/journey-client.ts'
import { type EffectiveWalk, effectiveWalk } from './effective-walk.ts'
import { filledPeople } from './filled-people.ts'
import type { WalkDifference } from './play/mismatch.ts'
import { filled, type Known } from './play/placeholders.ts'
import { type PlayedWalk, playWalk } from './play/play-walk.ts'
import type { PlayedRun, Player } from './play/player.ts'
import { nameCheck } from './project/check-names.ts'
import type { TestedProject } from './project/project.ts'
import type { LoadedWalkFile } from './project/walk-files.ts'
import { type BuiltTrace, buildTrace } from './trace/build-trace.ts'
import { WalkRecorder } from './trace/walk-recorder.ts'
import { namedSecrets, writtenSecrets } from './walk-secrets.ts'
import { environmentOf } from './world/environment.ts'
import { mergedSettings } from './world/import-project.ts'
import type { MadeCall } from './world/mocked-http.ts'
import { type PreparedWorld, prepareWorld } from './world/prepared-world.ts'
import { seededRandom } from './world/seeded-random.ts'
import { stubbed, withTestedScript } from './world/test-bundle.ts'
import { World } from './world/world.ts'
import type { WorldHosts } from './world/world-host.ts'

/** How a walk went. */
export type WalkResult = {
  file: string
  line: number
  /** The journey or script. */
  about: string
  it: string
  /** `broken`: the walk itself can't be played. */
  status: 'passed' | 'failed' | 'skipped' | 'broken'
  milliseconds: number
  /** Why it failed, is broken or was skipped. */
  mismatches: readonly WalkDifference[]
  reason: string | undefined
  /** The step that failed. */
  step: { index: number; line: number } | undefined
  runs: readonly PlayedRun[]
  mails: readonly string[]
  calls: readonly MadeCall[]
  /** Texts that must not be shown. */
  secrets: readonly string[]
  /** Whether it was generated and nobody has reviewed it. */
  isGenerated: boolean
  trace?: BuiltTrace
  /** The file with the trace. */
  traceFile?: string
}

/** Connects a party's browser to a world. */
export type Connect = (world: World, browser: Browser) => JourneyClient | Promise<JourneyClient>

type TesterOptions = {
  hosts: WorldHosts
  /** Measures the scripts of walks that people wrote or reviewed. */
  cover?: ScriptCoverage | undefined
  /** Default: our own client, inside this process. */
  connect?: Connect
  environment?: Known['secrets']
  /** Called after the steps of each walk, before its world closes. */
  onPlayed?: OnPlayed
  /** Which walks leave a trace. Default: none. */
  traces?: 'failed' | 'all' | undefined
}

/** What a walk has left behind. */
export type OnPlayed = (played: { world: World; player: Player; runs: readonly PlayedRun[] }) => Promise<void>

/** Runs the walks of a project, each in a world of its own. */
export class Tester {
  readonly #project: TestedProject
  readonly #hosts: WorldHosts
  readonly #cover: ScriptCoverage | undefined
  readonly #connect: Connect
  readonly #environment: Known['secrets']
  readonly #problemsOf: ReturnType<typeof nameCheck>
  readonly #onPlayed: OnPlayed | undefined
  readonly #traces: TesterOptions['traces']
  readonly #prepared = new Map<string, Promise<PreparedWorld>>()

  constructor(
    project: TestedProject,
    { hosts, cover, connect, environment = {}, onPlayed, traces }: TesterOptions,
  ) {
    this.#project = project
    this.#hosts = hosts
    this.#cover = cover
    this.#environment = environment
    this.#onPlayed = onPlayed
    this.#traces = traces
    this.#problemsOf = nameCheck(project)
    this.#connect =
      connect ??
      ((world, browser) => journeyClient(world.send, project.realm, { browser, now: world.time.now }))
  }

  async close(): Promise<void> {
    for (const prepared of this.#prepared.values()) {
      const world = await prepared.catch(() => undefined)
      world?.remove()
    }
  }

  /** Runs one walk of a file. Never throws: a walk that can't be played is `broken`. */
  async run(loaded: LoadedWalkFile, index: number): Promise<WalkResult> {
    const startedAt = performance.now()
    const { content } = loaded
    const given = content.walks[index]
    if (given === undefined) throw new Error(`no walk ${index} in ${loaded.file}`)
    const walk = effectiveWalk(content, given)
    const result: WalkResult = {
      file: loaded.file,
      line: loaded.lineOf(index),
      about: aboutOf(loaded, walk),
      it: given.it,
      status: 'passed',
      milliseconds: 0,
      mismatches: [],
      reason: given.skip,
      step: undefined,
      runs: [],
      mails: [],
      calls: [],
      secrets: [],
      isGenerated: given.generated === true,
    }
    if (given.skip !== undefined) return { ...result, status: 'skipped' }
    const [problem] = this.#problemsOf(content, given)
    if (problem !== undefined) {
      return {
        ...result,
        line: loaded.lineOf(index, problem.step),
        status: 'broken',
        reason: problem.message,
      }
    }
    const played = await this.#played(loaded, walk, index)
    return { ...result, ...played, milliseconds: performance.now() - startedAt }
  }

  async #played(loaded: LoadedWalkFile, walk: EffectiveWalk, index: number): Promise<Partial<WalkResult>> {
    try {
      const { world, secrets } = await this.#open(loaded, walk)
      const recorder = this.#traces === undefined ? undefined : new WalkRecorder(world)
      try {
        const played = await playWalk(world, {
          walk,
          connect: (browser) => this.#connect(world, browser),
          environment: this.#environment,
          journeys: this.#project.bundle.journeys,
          onPlayed: (player, runs) => this.#onPlayed?.({ world, player, runs }),
          observer: recorder,
          keepsBroken: true,
        })
        const result = resultOf(played, loaded, index)
        const known = { ...result, secrets: [...played.secrets, ...secrets] }
        if (result.status === 'passed' && this.#traces !== 'all') return known
        const written = writtenSecrets([loaded.content, { esv: this.#project.settings.esv }])
        const all = { ...known, secrets: [...known.secrets, ...written] }
        if (recorder === undefined) return all
        const about = { loaded, index, about: aboutOf(loaded, walk), mocks: walk.http ?? [] }
        const from = { ...about, recorder, realm: this.#project.realm, secrets: all.secrets }
        return { ...all, trace: await buildTrace(world, { ...played, ...from }) }
      } finally {
        await world.close()
      }
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      return { status: 'broken', reason: error.message }
    }
  }

  /** @returns the world, and values that must not be shown. */
  async #open(loaded: LoadedWalkFile, walk: EffectiveWalk): Promise<{ world: World; secrets: string[] }> {
    const { settings, folder } = this.#project
    const people = loaded.content.people ?? {}
    // The same from every current folder.
    const seed = `${relative(folder, resolve(loaded.file))} ${walk.it}`
    // `${made}` is a value that nobody knows, such as a key.
    const known = {
      kept: { made: seededRandom(`made ${seed}`).hex(32) },
      people: {},
      secrets: this.#environment,
    }
    const environment = environmentOf(filled({ ...settings.esv, ...walk.esv }, known))
    const world = await World.open(this.#hosts, await this.#preparedFor(loaded, walk), {
      seed,
      startAt: walk.at === undefined ? undefined : Date.parse(walk.at),
      people: filledPeople(people, known),
      environment,
      allowedHosts: settings.allow,
      isAsVendor: settings.engine === 'vendor',
      cover: walk.generated ? undefined : this.#cover,
    })
    world.http.use(filled(walk.http ?? [], { ...known, people: world.people }))
    return {
      world,
      secrets: [known.kept.made, ...namedSecrets([settings.esv, walk, people], this.#environment)],
    }
  }

  /** Worlds with the same settings and stubs share their configuration. */
  #preparedFor(loaded: LoadedWalkFile, walk: EffectiveWalk): Promise<PreparedWorld> {
    const { realm, bundle, settings, addTo } = this.#project
    const { script, as } = loaded.content
    const shared = walk.state?.shared ?? loaded.content.state?.shared ?? {}
    const key = JSON.stringify([walk.realm, walk.stub, script, as, script === undefined ? {} : shared])
    const existing = this.#prepared.get(key)
    if (existing !== undefined) return existing
    const prepare = async () => {
      const withStubs = stubbed(bundle, walk.stub ?? {})
      const source = script === undefined ? undefined : sourceOf(script, loaded.file, this.#project)
      const { evaluatorVersion = '2.0', outcomes = ['true', 'false'] } = as ?? {}
      const tested =
        source === undefined
          ? withStubs
          : withTestedScript(withStubs, { source, evaluatorVersion, outcomes, shared })
      const all = mergedSettings(settings.settings, walk.realm ?? {})
      return prepareWorld(this.#hosts, { realm, bundle: tested, settings: all, addTo })
    }
    const prepared = prepare()
    this.#prepared.set(key, prepared)
    return prepared
  }
}

/** The journey or script that a walk is about. */
function aboutOf({ content }: LoadedWalkFile, { journey, parties = {} }: EffectiveWalk): string {
  return content.script ?? journey ?? Object.values(parties)[0]?.journey ?? ''
}

/** The part of a result that the played steps decide. */
function resultOf(played: PlayedWalk, loaded: LoadedWalkFile, index: number): Partial<WalkResult> {
  const { mismatches, broken, step, runs, mails, calls } = played
  if (broken !== undefined) return { status: 'broken', reason: broken.message }
  return {
    status: mismatches.length === 0 ? 'passed' : 'failed',
    mismatches: mismatches.map((each) => each.plain()),
    step: step === undefined ? undefined : { index: step, line: loaded.lineOf(index, step) },
    runs,
    mails,
    calls,
  }
}

/** @throws OperationError for a script that is neither a file nor in the configuration. */
function sourceOf(script: string, walkFile: string, { folder, bundle }: TestedProject): string {
  const candidates = [resolve(dirname(walkFile), script), join(folder, script)]
  const file = candidates.find((path) => existsSync(path))
  if (file !== undefined) return readFileSync(file, 'utf8')
  const named = bundle.scripts.find(({ id, name }) => id === script || name === script)
  if (named !== undefined) return named.source
  const names = bundle.scripts.map(({ name }) => name)
  throw new OperationError(`There is no script '${script}'${suggestion(script, names)}`)
}
