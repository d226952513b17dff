import { OperationError } from '../../base/errors.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { EffectiveWalk } from '../effective-walk.ts'
import type { MadeCall } from '../world/mocked-http.ts'
import type { Assertion } from './assertions.ts'
import { finalMismatches } from './final-checks.ts'
import { mailText } from './mails.ts'
import { Mismatch } from './mismatch.ts'
import type { PlayObserver } from './observer.ts'
import type { Known } from './placeholders.ts'
import { type PlayedRun, Player, type Screen, type StartedRun } from './player.ts'
import { lookingAt, Unobservable, type WalkWorld } from './walk-world.ts'

/** How a walk went on one server. */
export type PlayedWalk = {
  mismatches: readonly Mismatch[]
  /** Why the walk can't be played to its end. */
  broken: OperationError | undefined
  /** Index of the step at which the walk ended early. */
  step: number | undefined
  /** Why the walk couldn't go on on this server. */
  stopped: string | undefined
  assertions: readonly Assertion[]
  screens: readonly Screen[]
  runs: readonly PlayedRun[]
  /** Why the nodes of the runs can't be seen. */
  unseenRuns: string | undefined
  mails: readonly string[]
  calls: readonly MadeCall[]
  /** Texts that must not be shown. */
  secrets: readonly string[]
}

type Playing = {
  walk: EffectiveWalk
  connect: ConstructorParameters<typeof Player>[0]['connect']
  environment: Known['secrets']
  /** The journeys of the project. */
  journeys: readonly JourneyDocument[]
  /** Called after the steps. */
  onPlayed?(player: Player, runs: readonly PlayedRun[]): Promise<void> | undefined
  observer?: PlayObserver | undefined
  /** Returns a walk that can't be played to its end, with all that happened until then, instead of throwing. */
  keepsBroken?: boolean
}

/**
 * Plays a walk, and compares what came of it with what it declares.
 * @throws OperationError for a walk that can't be played, without `keepsBroken`.
 */
export async function playWalk(
  world: WalkWorld,
  { walk, connect, environment, journeys, onPlayed, observer, keepsBroken = false }: Playing,
): Promise<PlayedWalk> {
  const player = new Player({ world, walk, connect, secrets: environment, observer })
  const { mismatch, stopped, step, ...steps } = await playSteps(player, walk.steps)
  if (steps.broken !== undefined && !keepsBroken) throw steps.broken
  const runs = await lookingAt(() => recordedRuns(world, player.runs))
  const seen = seenOr(runs, [])
  if (steps.broken === undefined) await onPlayed?.(player, seen.value)
  const isComplete = step === undefined
  const final = isComplete
    ? await finalResult(() => finalMismatches(world, player, walk, { runs, journeys }))
    : {}
  const { found = [], broken = steps.broken } = final
  if (broken !== undefined && !keepsBroken) throw broken
  player.assertions.leaveOut(walk, stopped ?? 'an earlier step differs')
  const passwords = Object.values(world.people).flatMap(({ password, totp }) =>
    [password ?? [], totp ?? []].flat(),
  )
  const { kept, parties } = player.known
  const values = [kept, ...Object.values(parties)].flatMap((known) => Object.values(known))
  return {
    mismatches: mismatch === undefined ? found : [mismatch],
    broken,
    step,
    stopped,
    assertions: player.assertions.all,
    screens: player.screens,
    runs: seen.value,
    unseenRuns: seen.reason,
    mails: seenOr(() => world.mailbox.all, []).value.map(mailText),
    calls: seenOr(() => world.http.calls, []).value,
    secrets: [...passwords, ...values, ...player.secretAnswers],
  }
}

function seenOr<Value>(look: () => Value, otherwise: Value): { value: Value; reason: string | undefined } {
  try {
    return { value: look(), reason: undefined }
  } catch (error) {
    if (!(error instanceof Unobservable)) throw error
    return { value: otherwise, reason: error.message }
  }
}

function recordedRuns(world: WalkWorld, started: readonly StartedRun[]): Promise<PlayedRun[]> {
  return Promise.all(
    started.map(async ({ party, journey, watch }) => ({
      party,
      journey,
      steps: await world.recorded(watch),
    })),
  )
}

type PlayedSteps = {
  step?: number
  stopped?: string
  mismatch?: Mismatch
  broken?: OperationError
}

async function playSteps(player: Player, steps: EffectiveWalk['steps']): Promise<PlayedSteps> {
  for (const [index, step] of steps.entries()) {
    try {
      await player.play(step, index)
    } catch (error) {
      if (error instanceof Mismatch) return { mismatch: error, step: index }
      if (error instanceof Unobservable) return { stopped: error.message, step: index }
      if (!(error instanceof OperationError)) throw error
      const broken = new OperationError(`step ${index + 1}: ${error.message}`, { cause: error })
      return { broken, step: index }
    }
  }
  await player.startIfNoStepDid()
  return {}
}

async function finalResult(
  check: () => Promise<Mismatch[]>,
): Promise<{ found?: Mismatch[]; broken?: OperationError }> {
  try {
    return { found: await check() }
  } catch (error) {
    if (error instanceof OperationError) return { broken: error }
    throw error
  }
}
