import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { OperationError } from '../errors.ts'
import type { JourneyDocument } from '../journeys/journey-document.ts'
import type { ScriptCoverage } from '../sandbox/script-coverage.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import { journeyClient } from './client/journey-client.ts'
import { type EffectiveWalk, effectiveWalk } from './effective-walk.ts'
import { finalMismatches } from './play/final-checks.ts'
import { mailText } from './play/mails.ts'
import { Mismatch, type WalkDifference } from './play/mismatch.ts'
import { filled, type Known } from './play/placeholders.ts'
import { type Connect, type PlayedRun, Player } from './play/player.ts'
import { nameCheck } from './project/check-names.ts'
import type { TestedProject } from './project/project.ts'
import type { LoadedWalkFile } from './project/walk-files.ts'
import { suggestion } from './suggestion.ts'
import type { Walk } from './walk-file.ts'
import { environmentOf } from './world/environment.ts'
import type { MadeCall } from './world/mocked-http.ts'
import { mergedSettings, type PreparedWorld, prepareWorld } from './world/prepared-world.ts'
import { seededRandom } from './world/seeded-random.ts'
import { stubbed, withTestedScript } from './world/test-bundle.ts'
import { World } from './world/world.ts'

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
}

type TesterOptions = {
  scripts: ScriptEngine
  /** Measures the scripts of walks that people wrote or reviewed. */
  cover?: ScriptCoverage | undefined
  /** Default: our own client, inside this process. */
  connect?: Connect
  environment?: Known['secrets']
  /** Called after the steps of each walk, before its world closes. */
  onPlayed?: OnPlayed
}

/** What a walk has left behind. */
export type OnPlayed = (played: { world: World; player: Player; runs: readonly PlayedRun[] }) => Promise<void>

/** Runs the walks of a project, each in a world of its own. */
export class Tester {
  readonly #project: TestedProject
  readonly #scripts: ScriptEngine
  readonly #cover: ScriptCoverage | undefined
  readonly #connect: Connect
  readonly #environment: Known['secrets']
  readonly #problemsOf: ReturnType<typeof nameCheck>
  readonly #onPlayed: OnPlayed | undefined
  readonly #prepared = new Map<string, Promise<PreparedWorld>>()

  constructor(
    project: TestedProject,
    { scripts, cover, connect, environment = {}, onPlayed }: TesterOptions,
  ) {
    this.#project = project
    this.#scripts = scripts
    this.#cover = cover
    this.#environment = environment
    this.#onPlayed = onPlayed
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
      about: content.script ?? walk.journey ?? Object.values(walk.parties ?? {})[0]?.journey ?? '',
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
      try {
        const { journeys } = this.#project.bundle
        const from = { connect: this.#connect, environment: this.#environment, onPlayed: this.#onPlayed }
        const played = await play(world, { walk, loaded, index, journeys, ...from })
        return { ...played, secrets: [...played.secrets, ...secrets] }
      } finally {
        await world.close()
      }
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      return { status: 'broken', reason: error.message }
    }
  }

  /** The values of `${secret:NAME}` in a walk. */
  #secretsIn(given: unknown): string[] {
    const names = JSON.stringify(given).matchAll(/\$\{secret:([^{}]+)\}/g)
    return [...names].flatMap(([, name = '']) => this.#environment[name] ?? [])
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
    const world = await World.open(await this.#preparedFor(loaded, walk), {
      seed,
      people,
      environment,
      allowedHosts: settings.allow,
      scripts: this.#scripts,
      cover: walk.generated ? undefined : this.#cover,
    })
    world.http.use(filled(walk.http ?? [], { ...known, people: world.people }))
    return { world, secrets: [known.kept.made, ...this.#secretsIn([settings.esv, walk, people])] }
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
      return prepareWorld({ realm, bundle: tested, settings: all, addTo })
    }
    const prepared = prepare()
    this.#prepared.set(key, prepared)
    return prepared
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

type Playing = {
  walk: EffectiveWalk
  loaded: LoadedWalkFile
  index: number
  connect: Connect
  environment: Known['secrets']
  onPlayed: OnPlayed | undefined
  /** The journeys of the project. */
  journeys: readonly JourneyDocument[]
}

async function play(
  world: World,
  { walk, loaded, index, connect, environment, onPlayed, journeys }: Playing,
): Promise<Partial<WalkResult> & Pick<WalkResult, 'secrets'>> {
  const player = new Player({ world, walk, connect, secrets: environment })
  const { mismatch, step } = await playSteps(player, walk.steps)
  const runs = await Promise.all(
    player.runs.map(async ({ party, journey, watch }) => ({
      party,
      journey,
      steps: await world.recorded(watch),
    })),
  )
  await onPlayed?.({ world, player, runs })
  const mismatches =
    mismatch === undefined ? await finalMismatches(world, player, walk, { runs, journeys }) : [mismatch]
  const passwords = Object.values(world.people).flatMap(({ password, totp }) =>
    [password ?? [], totp ?? []].flat(),
  )
  const { kept, parties } = player.known
  const found = [kept, ...Object.values(parties)].flatMap((values) => Object.values(values))
  return {
    status: mismatches.length === 0 ? 'passed' : 'failed',
    mismatches: mismatches.map((each) => each.plain()),
    step: step === undefined ? undefined : { index: step, line: loaded.lineOf(index, step) },
    runs,
    mails: world.mailbox.all.map(mailText),
    calls: world.http.calls,
    secrets: [...passwords, ...found, ...player.secretAnswers],
  }
}

async function playSteps(player: Player, steps: Walk['steps']) {
  for (const [index, step] of steps.entries()) {
    try {
      await player.play(step)
    } catch (error) {
      if (error instanceof Mismatch) return { mismatch: error, step: index }
      if (error instanceof OperationError) throw new OperationError(`step ${index + 1}: ${error.message}`)
      throw error
    }
  }
  await player.startIfNoStepDid()
  return { mismatch: undefined, step: undefined }
}
