import type { RecordedStep } from '../../engine/recorded-step.ts'
import type { Severity } from '../../journeys/lint/finding.ts'
import type { Project } from '../project/project.ts'
import type { Exploration, ExploredJourney } from './explore-project.ts'
import type { Finding } from './finding.ts'
import type { Invariant } from './invariants.ts'
import type { Trail } from './trail.ts'
import { unreachedFindings } from './unreached.ts'

/** All findings, errors first. */
export function findingsOf(project: Project, exploration: Exploration): Finding[] {
  const order: readonly Severity[] = ['error', 'warning', 'hint']
  const { invariants } = project.settings
  return [
    ...exploration.journeys.flatMap((journey) => [
      ...errorFindings(journey, project),
      ...deadEnds(journey, project),
      ...invariantFindings(journey, project, invariants),
      ...withoutCredential(journey, project),
    ]),
    ...unreachedFindings(project, exploration),
  ].toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
}

type About = Pick<Finding, 'journey' | 'message' | 'place'> & { trail: Trail }

/** A finding that a trail shows. */
function finding(severity: Severity, rule: Finding['rule'], { trail: { tries }, ...about }: About): Finding {
  const after = tries.map(({ label }) => label).join(', ')
  return { severity, rule, ...about, ...(after === '' ? {} : { after }) }
}

/** The first trail with each key. */
function firstOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed()
}

/** Nodes that ended with an error, each reason once. */
function errorFindings({ journey, trails }: ExploredJourney, project: Project): Finding[] {
  const errors = trails.flatMap((trail) =>
    trail.spot.steps
      .filter(({ result, page }) => result === 'error' && page === null)
      .map((step) => ({ trail, step })),
  )
  const found = firstOf(errors, ({ step }) =>
    JSON.stringify([step.journeys.at(-1), step.nodeId, step.reason]),
  )
  return found.map(({ trail, step }) => errorFinding(journey, { trail, step }, project))
}

function errorFinding(
  journey: string,
  { trail, step }: { trail: Trail; step: RecordedStep },
  project: Project,
): Finding {
  const reason = step.reason ?? 'an error'
  const inner = step.journeys.at(-1) ?? journey
  const about = `${step.displayName || step.nodeType}: ${reason}`
  const [, script, line] = /\(([^()#]+)#(\d+)\)$/.exec(reason) ?? []
  const { places, bundle } = project
  const node = places.node(inner, step.nodeId)
  if (script === undefined)
    return finding('warning', 'error-end', { journey, message: about, place: node, trail })
  const id = bundle.scripts.find((each) => each.name === script || each.id === script)?.id ?? script
  const place = places.script(id, Number(line)) ?? node
  return finding('error', 'script-throws', { journey, message: about, place, trail })
}

/** Pages that no answer leaves, and connections that lead nowhere. */
function deadEnds({ journey, stuck, trails }: ExploredJourney, { places }: Project): Finding[] {
  const pages = firstOf(stuck, ({ spot }) => spot.run.session.position.at(-1)?.nodeId ?? '').map(
    (trail): Finding => {
      const { nodeId = '', journey: inner = journey } = trail.spot.run.session.position.at(-1) ?? {}
      const last = trail.spot.steps.findLast((step) => step.nodeId === nodeId)
      const name = last?.displayName || last?.nodeType || nodeId
      const { isSuspended } = trail.spot.run.session
      const what = isSuspended
        ? 'waits for a link, but no email has one'
        : 'shows a page that no answer leaves'
      return finding('warning', 'dead-end', {
        journey,
        message: `${name} ${what}`,
        place: places.node(inner, nodeId),
        trail,
      })
    },
  )
  const unconnected = trails.flatMap((trail) => {
    const last = trail.spot.steps.findLast(({ page }) => page === null)
    const isOver = trail.spot.session.outcome === 'failure' && last?.result === 'outcome'
    return isOver && last !== undefined ? [{ trail, last }] : []
  })
  const nowhere = firstOf(unconnected, ({ last }) => `${last.nodeId} ${last.outcome}`).flatMap(
    ({ trail, last }) => {
      const reason = last.reason ?? ''
      if (!/no connection|leads nowhere|not connected|does not exist/i.test(reason)) return []
      const inner = last.journeys.at(-1) ?? journey
      const message = `${last.displayName || last.nodeType} → ${last.outcome} leads nowhere`
      const place =
        places.connection(inner, last.nodeId, last.outcome ?? '') ?? places.node(inner, last.nodeId)
      return [finding('error', 'dead-end', { journey, message, place, trail })]
    },
  )
  return [...pages, ...nowhere]
}

function invariantFindings(
  { journey, trails }: ExploredJourney,
  { places }: Project,
  invariants: readonly Invariant[],
): Finding[] {
  return invariants.flatMap((invariant): Finding[] => {
    for (const trail of trails) {
      const how = invariant.brokenBy(trail)
      if (how === undefined) continue
      const message = `breaks "${invariant.text}": ${how}`
      return [finding('error', 'invariant', { journey, message, place: places.journey(journey), trail })]
    }
    return []
  })
}

/** A success that nothing proved. Registrations make the person, so they have nothing to prove. */
function withoutCredential({ journey, trails }: ExploredJourney, { places, bundle }: Project): Finding[] {
  const isInner = bundle.journeys.find(({ _id }) => _id === journey)?.innerTreeOnly === true
  const first = trails.find(({ spot, start }) => {
    const isFree = spot.session.outcome === 'success' && (spot.run.session.proofs ?? []).length === 0
    return isFree && start.signedIn === undefined && !hasNewPerson(spot.people)
  })
  if (first === undefined || isInner) return []
  const message = 'a success without a credential'
  return [
    finding('warning', 'no-credential', { journey, message, place: places.journey(journey), trail: first }),
  ]
}

function hasNewPerson(people: Trail['spot']['people']): boolean {
  return people.some(({ userName }) => userName.startsWith('newcomer'))
}
