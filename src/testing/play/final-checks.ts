import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { EffectiveWalk } from '../effective-walk.ts'
import type { Walk } from '../walk-file.ts'
import { contains } from '../world/mocked-http.ts'
import { scriptJourney } from '../world/test-bundle.ts'
import type { World } from '../world/world.ts'
import { checkEnds, checkTold, checkVisits, peopleMismatches } from './checks.ts'
import { mailText } from './mails.ts'
import { Mismatch } from './mismatch.ts'
import { filled } from './placeholders.ts'
import type { PlayedRun, Player } from './player.ts'
import { checkPath, pathOf, type Visit, visitsOf } from './visits.ts'

/** Differences that show only at the end of a walk. */
export async function finalMismatches(
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
