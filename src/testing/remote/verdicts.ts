import type { effectiveWalk } from '../effective-walk.ts'
import { type Assertion, type Claim, claimsOf, noOther } from '../play/assertions.ts'
import type { Subject } from '../play/mismatch.ts'
import type { PlayedRun, Screen } from '../play/player.ts'
import { type Visit, visitsOf, visitText } from '../play/visits.ts'
import { comparedSessions } from './compared-sessions.ts'
import { type StepsEnd, stepDifference, stepsEndOf } from './failed-step.ts'
import { reasons } from './reasons.ts'
import type { LaneThere } from './remote-tester.ts'
import { differingParts, screenParts } from './screen-text.ts'

/** How deep one has to look: 1 on the wire, 2 in logs, 3 at people. 0: only inside. */
export type Depth = 0 | 1 | 2 | 3

/** A node of the project. */
export type NodeOf = { journey: string; id: string; name: string; type: string }

/** How one assertion ended, or one screen or node that both sides must have alike. */
export type Verdict = {
  subject: Subject
  text: string
  step: number | undefined
  depth: Depth
  node: NodeOf | undefined
} & (
  | { status: 'agrees' }
  | { status: 'differs'; inside: string; there: string }
  | { status: 'unobserved' | 'unobservable'; reason: string }
)

/** What one walk did inside. */
export type LaneInside = {
  assertions: readonly Assertion[]
  screens: readonly Screen[]
  runs: readonly PlayedRun[]
  end: StepsEnd
}

const depths: Readonly<Record<Subject, Depth>> = {
  ends: 1,
  session: 1,
  asks: 1,
  page: 1,
  keep: 1,
  path: 2,
  visits: 2,
  people: 3,
  mail: 0,
  calls: 0,
  told: 0,
  outcome: 0,
  writes: 0,
}

type Walk = ReturnType<typeof effectiveWalk>

/** Compares what the walk did there with what it declares, and with what it did inside if it was played inside. */
export function verdictsOf(walk: Walk, there: LaneThere, inside: LaneInside | undefined): Verdict[] {
  const declared = claimsOf(walk).map((claim) => verdictOn(claim, there, inside))
  const screens = inside === undefined ? [] : screenVerdicts(there, inside)
  return [
    ...declared,
    ...screens,
    ...(inside === undefined ? [] : sessionVerdicts(there, inside)),
    ...stepVerdicts(there, inside, screens),
    ...(inside === undefined ? [] : pathVerdicts(there, inside)),
  ].map((verdict) =>
    verdict.status === 'unobserved' && isUnobservable(verdict)
      ? { ...verdict, status: 'unobservable' }
      : verdict,
  )
}

/** Whether no server shows it: random values, and absences that a walk does not declare itself. */
function isUnobservable({ subject, text, step, reason }: Claim & { reason: string }): boolean {
  if (reason === reasons.random) return true
  const isAbsence = Object.values(noOther).some((each) => each.subject === subject && each.text === text)
  return isAbsence && step === undefined && hiddenAbsences.has(reason)
}

/** Why absences can't be shown at any depth. */
const hiddenAbsences: ReadonlySet<string> = new Set([
  reasons.mail,
  reasons.calls,
  reasons.noPeople,
  reasons.otherPeople,
])

function verdictOn(claim: Claim, lane: LaneThere, inside: LaneInside | undefined): Verdict {
  const about = {
    subject: claim.subject,
    text: claim.text,
    step: claim.step,
    depth: depths[claim.subject],
    node: inside && nodeOfClaim(claim, inside),
  }
  const there = lane.kind === 'played' ? find(lane.played.assertions, claim) : undefined
  if (there === undefined) return { ...about, status: 'unobserved', reason: reasonOf(lane) }
  if (there.status === 'unobserved') return { ...about, status: 'unobserved', reason: there.reason }
  if (namesError(claim)) return { ...about, status: 'unobserved', reason: reasons.errors }
  const got = there.status === 'fails' ? there.got : undefined
  if (inside === undefined) {
    return got === undefined
      ? agreement(about, claim, lane)
      : { ...about, status: 'differs', inside: `expected ${claim.text}`, there: got }
  }
  const here = find(inside.assertions, claim)
  if (here === undefined || here.status === 'unobserved') {
    return { ...about, status: 'unobserved', reason: here?.reason ?? reasons.inside }
  }
  const gotInside = here.status === 'fails' ? here.got : undefined
  if (got === gotInside) return agreement(about, claim, lane)
  return { ...about, status: 'differs', inside: gotInside ?? 'as declared', there: got ?? 'as declared' }
}

/** Nobody knows whether other people have changed, or whether a run that goes on has left nodes that the logs don't have yet. */
function agreement<About extends object>(about: About, { subject, text, step }: Claim, lane: LaneThere) {
  if (step === undefined && subject === noOther.people.subject && text === noOther.people.text) {
    return { ...about, status: 'unobserved' as const, reason: reasons.otherPeople }
  }
  const isOpenEnded = subject === 'path' && /\.\.\.$/.test(text)
  return depths[subject] === 2 && !isOpenEnded && hasOpenRun(lane)
    ? { ...about, status: 'unobserved' as const, reason: reasons.openRun }
    : { ...about, status: 'agrees' as const }
}

function hasOpenRun(lane: LaneThere): boolean {
  const screens = lane.kind === 'played' ? lane.played.screens : []
  const last = new Map(screens.map(({ run, shown }) => [run, shown.kind]))
  return [...last.values()].includes('page')
}

/** Logs have only nodes with an outcome. */
function namesError({ subject, text }: Claim): boolean {
  return depths[subject] === 2 && /(→|->) error\b/.test(text)
}

function reasonOf(lane: LaneThere): string {
  if (lane.kind === 'broken') return reasons.broken
  return lane.kind === 'unplayed' ? lane.reason : reasons.earlier
}

function find(assertions: readonly Assertion[], { subject, text, step }: Claim): Assertion | undefined {
  return assertions.find((each) => each.subject === subject && each.text === text && each.step === step)
}

/** A step that only one side could take. @param screens the verdicts on the screens before it. */
function stepVerdicts(
  lane: LaneThere,
  inside: LaneInside | undefined,
  screens: readonly Verdict[],
): Verdict[] {
  if (lane.kind !== 'played') return []
  const difference = stepDifference(stepsEndOf(lane.played), inside?.end)
  if (difference === undefined || screens.some(({ status }) => status === 'differs')) return []
  const { step, text, inside: here, there } = difference
  const place = Math.min(lane.played.screens.length, inside?.screens.length ?? 0) - 1
  const node = inside === undefined || place < 0 ? undefined : nodeAt(inside, place)
  const about = { subject: 'page', text, step, depth: 1, node } as const
  const isAfterRandom = screens.some((each) => each.status === 'unobserved' && each.reason === reasons.random)
  if (isAfterRandom) return [{ ...about, status: 'unobserved', reason: reasons.random }]
  return [{ ...about, status: 'differs', inside: here, there }]
}

/** Each screen of the walk, until the first that differs. */
function screenVerdicts(lane: LaneThere, inside: LaneInside): Verdict[] {
  let hasDiffered = false
  return inside.screens.map((screen, place): Verdict => {
    const there = lane.kind === 'played' ? lane.played.screens[place] : undefined
    const parts = screenParts(screen.shown)
    const text = parts.join(', ')
    const about = { subject: 'page', text, step: undefined, depth: 1, node: nodeAt(inside, place) } as const
    if (hasDiffered || there === undefined) {
      const stopped = lane.kind === 'played' ? lane.played.stopped : undefined
      return { ...about, status: 'unobserved', reason: stopped ?? reasonOf(lane) }
    }
    const others = screenParts(there.shown)
    if (others.join(', ') === text) return { ...about, status: 'agrees' }
    if (drawsAtRandom(about.node) && kindsOf(screen.shown) === kindsOf(there.shown)) {
      return { ...about, status: 'unobserved', reason: reasons.random }
    }
    hasDiffered = true
    return {
      ...about,
      status: 'differs',
      inside: differingParts(parts, others),
      there: differingParts(others, parts),
    }
  })
}

/** The session of each success: who is signed in, its level, lifetime and properties. */
function sessionVerdicts(lane: LaneThere, inside: LaneInside): Verdict[] {
  return inside.screens.flatMap(({ shown, session }, place): Verdict[] => {
    if (shown.kind !== 'success') return []
    const there = lane.kind === 'played' ? lane.played.screens[place] : undefined
    const node = nodeAt(inside, place)
    const about = { subject: 'session', step: undefined, depth: 1, node } as const
    if (there?.shown.kind === 'success') {
      return comparedSessions(session, there.session).map((fact) => ({ ...about, ...fact }))
    }
    if (session === undefined) return []
    const stopped = lane.kind === 'played' ? lane.played.stopped : undefined
    return [{ ...about, text: 'session', status: 'unobserved', reason: stopped ?? reasonOf(lane) }]
  })
}

/** Types of nodes whose questions or outcomes are random. */
const random: ReadonlySet<string> = new Set(['KbaVerifyNode', 'AbTestNode', 'FlowControlNode'])

function drawsAtRandom(node: NodeOf | undefined): boolean {
  return node !== undefined && random.has(node.type)
}

/** What a screen consists of, without its texts. */
function kindsOf(shown: Screen['shown']): string {
  return shown.kind === 'page' ? shown.page.callbacks.map(({ type }) => type).join() : shown.kind
}

/** Each node of the runs, until the first that differs. */
function pathVerdicts(lane: LaneThere, inside: LaneInside): Verdict[] {
  return inside.runs.flatMap((run, index) => {
    const visits = visitsOf(run.steps).filter(({ step }) => step.result !== 'error')
    const seen = lane.kind === 'played' ? lane.played.runs[index] : undefined
    if (lane.kind !== 'played' || seen === undefined) {
      const reason = lane.kind === 'played' ? (lane.played.unseenRuns ?? lane.played.stopped) : reasonOf(lane)
      return visits.map((visit) => unobservedVisit(visit, reason ?? reasons.earlier))
    }
    return comparedVisits(visits, visitsOf(seen.steps), lane.played.stopped)
  })
}

function unobservedVisit(visit: Visit, reason: string): Verdict {
  return { ...aboutVisit(visit), status: 'unobserved', reason }
}

/** @param stopped why the walk did not go on there. */
function comparedVisits(
  inside: readonly Visit[],
  there: readonly Visit[],
  stopped: string | undefined,
): Verdict[] {
  const first = inside.findIndex((visit, place) => !isSame(visit, there[place]))
  const differing = first < 0 ? inside.length : first
  const extra = first < 0 ? there[inside.length] : undefined
  return [
    ...inside.map((visit, place): Verdict => {
      if (place < differing) return { ...aboutVisit(visit), status: 'agrees' }
      const other = there[place]
      if (other === undefined && stopped !== undefined) return unobservedVisit(visit, stopped)
      if (place > differing) return unobservedVisit(visit, reasons.earlier)
      if (isRandom(visit, other)) return unobservedVisit(visit, reasons.random)
      return {
        ...aboutVisit(visit),
        status: 'differs',
        inside: visitText(visit),
        there: other === undefined ? 'the end' : visitText(other),
      }
    }),
    ...(extra === undefined
      ? []
      : [{ ...aboutVisit(extra), status: 'differs', inside: 'the end', there: visitText(extra) } as const]),
  ]
}

function isRandom(visit: Visit, other: Visit | undefined): boolean {
  return random.has(visit.step.nodeType) && visit.name === other?.name
}

function isSame(one: Visit, other: Visit | undefined): boolean {
  return other !== undefined && one.name === other.name && one.outcome === other.outcome
}

function aboutVisit(visit: Visit) {
  const node = { journey: visit.journey, id: visit.id, name: visit.name, type: visit.step.nodeType }
  return { subject: 'path', text: visitText(visit), step: undefined, depth: 2, node } as const
}

/** The node inside that led to a screen. */
function nodeAt(inside: LaneInside, place: number): NodeOf | undefined {
  const run = inside.screens[place]?.run ?? 0
  const request = inside.screens.slice(0, place + 1).filter((screen) => screen.run === run).length
  const steps = inside.runs[run]?.steps ?? []
  return nodeOf(steps.findLast((step) => step.page === null && step.request <= request))
}

/** The node that an assertion on the wire or in logs is about. */
function nodeOfClaim({ subject, step }: Claim, inside: LaneInside): NodeOf | undefined {
  const depth = depths[subject]
  if (depth === 0 || depth === 3) return undefined
  const place = inside.screens.findLastIndex((screen) => step === undefined || screen.step <= step)
  return place < 0 ? undefined : nodeAt(inside, place)
}

function nodeOf(step: PlayedRun['steps'][number] | undefined): NodeOf | undefined {
  if (step === undefined) return undefined
  const { nodeId, nodeType, displayName, journeys } = step
  return { journey: journeys.at(-1) ?? '', id: nodeId, name: displayName || nodeType, type: nodeType }
}
