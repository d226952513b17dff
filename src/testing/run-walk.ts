import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { RecordedStep } from '../engine/recorded-step.ts'
import { OperationError } from '../errors.ts'
import type { JourneyDocument } from '../journeys/journey-document.ts'
import type { ScriptCoverage } from '../sandbox/script-coverage.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import { journeyClient } from './client/journey-client.ts'
import { checkEnds, checkTold, checkVisits, peopleMismatches } from './play/checks.ts'
import { mailText } from './play/mails.ts'
import { Mismatch, type WalkDifference } from './play/mismatch.ts'
import { filled, type Known } from './play/placeholders.ts'
import { type Connect, Player } from './play/player.ts'
import { checkPath, pathOf, type Visit, visitsOf } from './play/visits.ts'
import { nameCheck } from './project/check-names.ts'
import type { TestedProject } from './project/project.ts'
import type { LoadedWalkFile } from './project/walk-files.ts'
import { suggestion } from './suggestion.ts'
import type { Walk, WalkFile } from './walk-file.ts'
import { environmentOf } from './world/environment.ts'
import { contains, type MadeCall } from './world/mocked-http.ts'
import { mergedSettings, type PreparedWorld, prepareWorld } from './world/prepared-world.ts'
import { seededRandom } from './world/seeded-random.ts'
import { scriptJourney, stubbed, withTestedScript } from './world/test-bundle.ts'
import { World } from './world/world.ts'

/** The nodes of one run of a journey. */
export type PlayedRun = { party: string; journey: string | undefined; steps: readonly RecordedStep[] }

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
    return { world, secrets: [known.kept.made, ...this.#secretsIn([settings.esv, walk, loaded.content])] }
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

type EffectiveWalk = Walk & { journey: string | undefined }

/** A walk with the members of its file. */
function effectiveWalk(file: WalkFile, walk: Walk): EffectiveWalk {
  const { journey = file.script === undefined ? file.journey : scriptJourney } = walk
  return {
    ...walk,
    journey,
    parties: walk.parties ?? file.parties,
    query: walk.query ?? file.query,
    headers: walk.headers ?? file.headers,
    realm: mergedSettings(file.realm ?? {}, walk.realm ?? {}),
    esv: { ...file.esv, ...walk.esv },
    http: [...(walk.http ?? []), ...(file.http ?? [])],
    stub: { ...file.stub, ...walk.stub },
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

/** Differences that show only at the end. */
async function finalMismatches(
  world: World,
  player: Player,
  given: EffectiveWalk,
  { runs, journeys }: { runs: readonly PlayedRun[]; journeys: readonly JourneyDocument[] },
): Promise<Mismatch[]> {
  // Other members name values that are known only before the walk.
  const { esv: _esv, http: _http, steps: _steps, ...expected } = given
  const { ends, path, visits, told, people, mail, outcome, writes } = filled(expected, player.known)
  const all = runs.flatMap(({ steps }) => visitsOf(steps))
  const pathOfParty = (party: string | undefined) =>
    runs
      .filter((run) => party === undefined || run.party === party)
      .flatMap(({ steps }) => pathOf(steps, journeys))
  const checks: (() => unknown)[] = [
    () => ends !== undefined && checkEnds(ends, player.shown),
    () => Array.isArray(path) && checkPath(path, pathOfParty(undefined)),
    ...(Array.isArray(path) || path === undefined
      ? []
      : Object.entries(path).map(
          ([party, each]) =>
            () =>
              checkPath(each, pathOfParty(party)),
        )),
    () => visits !== undefined && checkVisits(visits, all),
    () => outcome !== undefined && checkOutcome(outcome, all),
    () => writes?.shared !== undefined && checkWrites(writes.shared, all),
    ...(mail ?? []).map((each) => () => player.takeMail(each)),
  ]
  const found = checks.flatMap((check) => mismatchOf(check) ?? [])
  const feed = told === undefined ? undefined : await world.feedOf(player.transactionId ?? '')
  if (told !== undefined)
    found.push(...[mismatchOf(() => checkTold(told, feed ?? []))].flatMap((one) => one ?? []))
  found.push(...peopleMismatches(people ?? {}, await world.changedPeople()))
  return [...found, ...effectMismatches(world, player)]
}

function mismatchOf(check: () => unknown): Mismatch | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof Mismatch) return error
    throw error
  }
}

function checkOutcome(expected: string, visits: readonly Visit[]): void {
  const visit = visits.findLast(({ name }) => name === scriptJourney)
  if (visit?.outcome !== expected) {
    throw new Mismatch(
      'outcome',
      expected,
      visit?.outcome ?? 'no outcome',
      visit?.step.reason === undefined ? [] : [visit.step.reason],
    )
  }
}

function checkWrites(
  expected: NonNullable<NonNullable<Walk['writes']>['shared']>,
  visits: readonly Visit[],
): void {
  const written = visits.findLast(({ name }) => name === scriptJourney)?.step.writes ?? []
  for (const [key, value] of Object.entries(expected)) {
    const found = written.find((each) => each.key === key)
    if (!contains(found?.after, value)) {
      const got = found === undefined ? 'nothing' : found.isMasked ? 'a secret' : JSON.stringify(found.after)
      throw new Mismatch('writes', `${key}: ${JSON.stringify(value)}`, got)
    }
  }
}

/** Emails and calls that the walk doesn't mention, and mocks that nothing called as declared. */
function effectMismatches(world: World, player: Player): Mismatch[] {
  return [
    ...player.unmentionedMails.map((sent) => {
      const yaml = `mail: [{ to: ${sent.to[0]}, subject: ${JSON.stringify(sent.subject)} }]`
      return new Mismatch('mail', 'no other email', `one ${mailText(sent)}`, [yaml])
    }),
    ...world.http.unmocked.map(
      ({ method, url, body }) =>
        new Mismatch('calls', 'no other call', `${method} ${url}`, [mockFor(method, url, body)]),
    ),
    ...world.http.unexpected.map(({ mock: { method, url, times }, calls }) => {
      const expected = times === undefined ? `${method} ${url}` : `${method} ${url}, ${times} times`
      return new Mismatch('calls', expected, `${calls} calls`)
    }),
  ]
}

/** The YAML that would mock a call. */
function mockFor(method: string, url: string, body: string | undefined): string {
  const about = body === undefined || body === '' ? '' : `, body: ${yamlBody(body)}`
  return `http: [{ ${method}: ${JSON.stringify(url)}${about}, reply: { status: 200, json: {} } }]`
}

function yamlBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return JSON.stringify(body)
  }
}
