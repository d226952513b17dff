import { collapsed, type DraftWalk, repeated } from '../../walks/draft-walk.ts'
import type { Stub } from '../walk-file.ts'
import type { Observed } from './observed.ts'
import { stepsOf, type Trail } from './trail.ts'
import { caller, opener, type TriedStep, type TriedStub } from './tried.ts'

/** The party of journeys that need a session. */
const user = 'user'

/**
 * Writes a trail as a walk.
 * @param observed what it should expect; undefined: nothing yet.
 * @param nameOf the name of a node in `stub`.
 */
export function draftWalk(
  trail: Trail,
  {
    it,
    observed,
    isAsserted = () => false,
    nameOf,
  }: {
    it: string
    observed?: Observed
    /** Whether another walk expects this page. */
    isAsserted?(page: readonly string[]): boolean
    nameOf(nodeId: string): string
  },
): DraftWalk {
  const { start, stub } = trail
  const steps = repeated(stepsOf(trail).filter(isReal))
  const withAsks = observed === undefined ? steps : expecting(steps, observed, isAsserted)
  const isCalled = steps.some((step) => 'by' in step)
  const isParty = start.signedIn !== undefined || isCalled
  const party = isCalled ? opener : user
  const parties = {
    [party]: { journey: trail.journey, ...start },
    ...(isCalled ? { [caller]: { transactionOf: opener } } : {}),
  }
  const http = trail.http.filter((mock) => observed === undefined || isMade(mock, observed))
  return {
    it,
    generated: true,
    ...(isParty ? { parties } : start),
    ...(Object.keys(stub).length === 0
      ? {}
      : { stub: Object.fromEntries(Object.entries(stub).map(([id, each]) => [nameOf(id), inWalk(each)])) }),
    ...(http.length === 0 ? {} : { http }),
    ...(withAsks.length === 0 && !isParty ? {} : { steps: isParty ? ofParty(withAsks, party) : withAsks }),
    ...(observed === undefined ? {} : expectations(observed)),
  }
}

function inWalk({ outcome, person }: TriedStub): Stub {
  return person === undefined ? outcome : { outcome, shared: { username: person } }
}

/** Choices on the pages of stubs are not part of a walk. */
function isReal(step: TriedStep): boolean {
  return !('isStub' in step)
}

/** Nodes that a path names at most. */
const maxPath = 40

function expectations({ ends, path, paths, mail, people }: Observed) {
  const shown =
    Object.keys(paths).length < 2
      ? shortened(path)
      : Object.fromEntries(Object.entries(paths).map(([party, each]) => [party, shortened(each)]))
  return {
    ...(ends === undefined ? {} : { ends }),
    ...(path.length === 0 ? {} : { path: shown }),
    ...(mail.length === 0 ? {} : { mail }),
    ...(Object.keys(people).length === 0 ? {} : { people }),
  }
}

function shortened(path: readonly string[]): readonly string[] {
  return path.length <= maxPath ? path : [...path.slice(0, maxPath / 2), '...', ...path.slice(-2)]
}

function isMade(mock: Record<string, unknown>, { calls }: Observed): boolean {
  return Object.entries(mock).some(([method, url]) => calls.has(`${method} ${String(url)}`))
}

/** Steps with the pages that no other walk expects. A walk without an end always expects its last page. */
function expecting(
  steps: readonly Record<string, unknown>[],
  { firstPage, pages, outcome }: Observed,
  isAsserted: (page: readonly string[]) => boolean,
): Record<string, unknown>[] {
  const isLast = (place: number) => outcome === 'underway' && place === steps.length - 1
  const asked = (page: readonly string[] | undefined, place: number) => {
    if (page === undefined || (isAsserted(page) && !isLast(place))) return {}
    return { asks: page.length === 1 ? page[0] : page }
  }
  const first = asked(firstPage, -1)
  const later = steps.map((step, place) =>
    'wait' in step || 'mail' in step ? step : { ...step, ...asked(pages[place], place) },
  )
  return 'asks' in first ? [first, ...later] : later
}

function ofParty(steps: readonly Record<string, unknown>[], party: string) {
  const given = steps.length === 0 ? [{}] : steps
  return given.map(({ by, ...step }) =>
    'wait' in step || 'mail' in step ? step : { [by === caller ? caller : party]: step },
  )
}

const endWords = { success: 'succeeds', failure: 'fails', underway: 'goes on' } as const

/** A sentence about what a trail does. */
export function titleOf(
  { tries, spot, start, http, stub }: Trail,
  nameOf: (nodeId: string) => string,
  outcome = spot.session.outcome,
): string {
  const end = endWords[outcome]
  const labels = collapsed(
    tries
      .filter(({ runs }) => runs === undefined)
      .map((each) =>
        each.stub === undefined ? each.label : `${nameOf(each.stub[0])} → ${each.stub[1].outcome}`,
      ),
  )
  const [first] = labels
  const by = [
    ...(start.headers === undefined ? [] : ['headers']),
    ...(start.query === undefined ? [] : ['parameters']),
    ...(start.signedIn === undefined ? [] : ['a session']),
  ]
  const about = by.length === 0 ? '' : ` with ${by.join(' and ')}`
  if (first === undefined) {
    return outcome === 'underway' ? `shows its first page${about}` : `${end} at once${about}`
  }
  const hidden = http.length + Object.keys(stub).length > 0 && labels.length === 0 ? ' with stubs' : ''
  const last = labels.slice(-4)
  const dots = labels.length > last.length ? '…, ' : ''
  return `${end}${about}${hidden} after ${dots}${last.join(', ')}`
}
