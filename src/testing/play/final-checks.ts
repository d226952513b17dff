import type { Json, JsonObject } from '../../base/json.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { EffectiveWalk } from '../effective-walk.ts'
import { contains } from '../world/mocked-http.ts'
import { scriptJourney } from '../world/test-bundle.ts'
import {
  type Claim,
  mailClaim,
  noOther,
  outcomeClaim,
  pathsIn,
  personClaim,
  toldClaim,
  visitsClaim,
  writesClaim,
} from './assertions.ts'
import { checkTold, checkVisits, peopleMismatches } from './checks.ts'
import { leftInState, unseenState } from './left-in-state.ts'
import { mailText } from './mails.ts'
import { Mismatch } from './mismatch.ts'
import { mockFor } from './mock-for.ts'
import { filled } from './placeholders.ts'
import type { PlayedRun, Player } from './player.ts'
import { checkPath, pathOf, type Visit, visitsOf, withShownEnd } from './visits.ts'
import { lookingAt, Unobservable, type WalkWorld } from './walk-world.ts'

/** The runs of a walk, after its steps. */
export type Played = {
  /** Throws if the nodes of the runs can't be seen. */
  runs(): readonly PlayedRun[]
  journeys: readonly JourneyDocument[]
}

/** Differences that show only at the end of a walk. */
export async function finalMismatches(
  world: WalkWorld,
  player: Player,
  given: EffectiveWalk,
  { runs, journeys }: Played,
): Promise<Mismatch[]> {
  const { assertions, known } = player
  const { ends, outcome, writes, mail = [], visits = {}, told } = given
  const all = () => runs().flatMap(({ steps }) => visitsOf(steps))
  // Here, a connection to Success is one, also if nobody signs in there.
  const ended = (path: ReturnType<typeof pathOf>, run: number) =>
    world.isElsewhere
      ? withShownEnd(
          path,
          player.screens.findLast((screen) => screen.run === run),
        )
      : path
  const pathOfParty = (party: string | undefined) =>
    runs().flatMap((run, index) =>
      party === undefined || run.party === party ? ended(pathOf(run.steps, journeys), index) : [],
    )
  const checks: { claim: Claim; verify: () => unknown }[] = [
    ...player.endChecks(ends),
    ...pathsIn(given.path).map(({ claim, path, party }) => ({
      claim,
      verify: () => checkPath(filled(path, known), pathOfParty(party)),
    })),
    ...Object.entries(visits).map(([text, times]) => ({
      claim: visitsClaim(text, times),
      verify: () => checkVisits({ [text]: times }, all()),
    })),
    ...(outcome === undefined
      ? []
      : [{ claim: outcomeClaim(outcome), verify: () => checkOutcome(outcome, all()) }]),
    ...Object.entries(writes?.shared ?? {}).map(([key, value]) => ({
      claim: writesClaim(key),
      verify: () => checkWrites(key, filled(value, known), stateLeft(world, runs())),
    })),
    ...mail.map((each) => ({ claim: mailClaim(each), verify: () => player.takeMail(each) })),
  ]
  const found = checks.flatMap(({ claim, verify }) => assertions.tried(claim, verify))
  if (told !== undefined) {
    const feed = await lookingAt(() => world.feedOf(player.transactionId ?? ''))
    found.push(...assertions.tried(toldClaim, () => checkTold(filled(told, known), feed())))
  }
  return [...found, ...(await peopleFound(world, player, given)), ...effectMismatches(world, player)]
}

async function peopleFound(world: WalkWorld, { assertions, known }: Player, { people = {} }: EffectiveWalk) {
  const changed = await lookingAt(() => world.changedPeople())
  const found = Object.entries(people).flatMap(([name, expected]) =>
    assertions.tried(personClaim(name), () =>
      peopleMismatches(
        { [name]: filled(expected, known) },
        changed().filter((one) => one.name === name),
      ),
    ),
  )
  const others = assertions.tried(noOther.people, () =>
    peopleMismatches(
      {},
      changed().filter(({ name }) => !Object.hasOwn(people, name)),
    ),
  )
  return [...found, ...others]
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

/** @throws Unobservable of a server whose nodes don't show their state. */
function stateLeft({ isElsewhere }: WalkWorld, runs: readonly PlayedRun[]): JsonObject {
  if (isElsewhere) throw new Unobservable(unseenState)
  return leftInState(runs.flatMap(({ steps }) => steps))
}

function checkWrites(key: string, expected: Json, left: JsonObject): void {
  const value = left[key] ?? null
  if (!contains(value, expected))
    throw new Mismatch('writes', `${key}: ${JSON.stringify(expected)}`, JSON.stringify(value))
}

/** Emails and calls that the walk doesn't mention, and mocks that nothing called as declared. */
function effectMismatches(world: WalkWorld, player: Player): Mismatch[] {
  const { assertions } = player
  return [
    ...assertions.tried(noOther.mail, () =>
      player.unmentionedMails.map((sent) => {
        const yaml = `mail: [{ to: ${sent.to[0]}, subject: ${JSON.stringify(sent.subject)} }]`
        return new Mismatch('mail', 'no other email', `one ${mailText(sent)}`, [yaml])
      }),
    ),
    ...assertions.tried(noOther.calls, () => [
      ...world.http.unmocked.map(
        ({ method, url, body }) =>
          new Mismatch('calls', 'no other call', `${method} ${url}`, [mockFor(method, url, body)]),
      ),
      ...world.http.unexpected.map(({ mock: { method, url, times }, calls }) => {
        const expected = times === undefined ? `${method} ${url}` : `${method} ${url}, ${times} times`
        return new Mismatch('calls', expected, `${calls} calls`)
      }),
    ]),
  ]
}
