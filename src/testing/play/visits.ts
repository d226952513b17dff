import { failureId, successId } from '../../engine/journey.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { Shown } from '../../walks/shown.ts'
import { Mismatch } from './mismatch.ts'

/** A node that a journey has left: its name, and how. */
export type Visit = { name: string; id: string; journey: string; outcome: string; step: RecordedStep }

/** The nodes that a run has left, in order. Nodes of a page are part of it. */
export function visitsOf(steps: readonly RecordedStep[]): Visit[] {
  return steps
    .filter(({ page, result }) => page === null && (result === 'outcome' || result === 'error'))
    .map((step) => ({
      name: step.displayName || step.nodeType,
      id: step.nodeId,
      journey: step.journeys.at(-1) ?? '',
      outcome: step.result === 'error' ? 'error' : (step.outcome ?? ''),
      step,
    }))
}

/** How paths name the ends of a journey. */
const endNames: Readonly<Record<string, string>> = { [successId]: 'Success', [failureId]: 'Failure' }

/** One entry of a path: a visit, or the end that a run reached. */
export type PathEntry = Pick<Visit, 'name' | 'id' | 'outcome'> & Partial<Pick<Visit, 'step'>>

/** The nodes that a run has left, and the end of its journey if it reached one. */
export function pathOf(steps: readonly RecordedStep[], journeys: readonly JourneyDocument[]): PathEntry[] {
  const visits = visitsOf(steps)
  const last = visits.at(-1)
  if (last === undefined || last.step.journeys.length > 1) return visits
  const journey = journeys.find(({ _id }) => _id === last.journey)
  const target = journey?.nodes[last.id]?.connections[last.outcome] ?? ''
  const name = endNames[target]
  return name === undefined ? visits : [...visits, { name, id: target, outcome: '' }]
}

/** With the end that the server showed: another server can connect its nodes otherwise. */
export function withShownEnd(
  path: PathEntry[],
  last: { shown: Pick<Shown, 'kind'> } | undefined,
): PathEntry[] {
  const end = path.at(-1)
  if (last === undefined || end === undefined || !isEnd(end)) return path
  const id = { success: successId, failure: failureId, page: undefined }[last.shown.kind]
  const nodes = path.slice(0, -1)
  return id === undefined ? nodes : [...nodes, { name: endNames[id] ?? '', id, outcome: '' }]
}

function isEnd({ outcome }: PathEntry): boolean {
  return outcome === ''
}

/** A visit as it is written in walk files. */
export function visitText({ name, outcome }: Pick<Visit, 'name' | 'outcome'>): string {
  return outcome === '' ? name : `${name} → ${outcome}`
}

/** `Name → outcome`; without an outcome, any. */
export function readVisit(text: string): { name: string; outcome: string | undefined } {
  const [, name = text, outcome] = /^(.*?)\s*(?:→|->)\s*(.*)$/s.exec(text) ?? []
  return { name: name.trim(), outcome }
}

export function isVisit(expected: string, visit: PathEntry): boolean {
  const { name, outcome } = readVisit(expected)
  return (name === visit.name || name === visit.id) && (outcome === undefined || outcome === visit.outcome)
}

/** Any number of nodes. */
const anything = '...'

/**
 * Compares the path of a run with the expected one, in which `...` stands for any number of nodes. Without `Success` and
 * `Failure` in the expected path, the ends of the journeys don't matter.
 * @throws Mismatch that names the first difference.
 */
export function checkPath(expected: readonly string[], path: readonly PathEntry[]): void {
  const namesEnds = expected.some((text) => Object.values(endNames).includes(text))
  const visits = namesEnds ? path : path.filter((entry) => !isEnd(entry))
  if (isPath(expected, visits)) return
  const all = visits.map(visitText)
  const found = firstDivergence(expected, visits)
  const step = found?.got?.step ?? found?.before?.step
  const more = found === undefined ? [] : [inWords(found)]
  throw new Mismatch('path', expected.join(', '), all.join(', ') || 'no node', more, step)
}

function isPath(expected: readonly string[], visits: readonly PathEntry[]): boolean {
  const [first, ...rest] = expected
  if (first === undefined) return visits.length === 0
  if (first === anything) {
    return visits.some((_, start) => isPath(rest, visits.slice(start))) || isPath(rest, [])
  }
  const [visit, ...others] = visits
  return visit !== undefined && isVisit(first, visit) && isPath(rest, others)
}

type Divergence = { expected: string | undefined; got: PathEntry | undefined; before: PathEntry | undefined }

/** The first node that differs. After a `...`, a node with another outcome than the expected one. */
function firstDivergence(expected: readonly string[], visits: readonly PathEntry[]): Divergence | undefined {
  const place = expected.findIndex((text, index) => {
    const visit = visits[index]
    return text === anything || visit === undefined || !isVisit(text, visit)
  })
  const text = expected[place < 0 ? expected.length : place]
  if (text === anything) return otherOutcome(expected, visits)
  const at = place < 0 ? expected.length : place
  return { expected: text, got: visits[at], before: visits[at - 1] }
}

function otherOutcome(expected: readonly string[], visits: readonly PathEntry[]): Divergence | undefined {
  const missing = expected.find((text) => text !== anything && !visits.some((visit) => isVisit(text, visit)))
  if (missing === undefined) return undefined
  const { name } = readVisit(missing)
  const at = visits.findLastIndex((visit) => name === visit.name || name === visit.id)
  return at < 0 ? undefined : { expected: missing, got: visits[at], before: visits[at - 1] }
}

function inWords({ before, got, expected }: Divergence): string {
  const place = before === undefined ? 'the first node' : `after ${visitText(before)}`
  return `${place}: expected ${expected ?? 'the end'}, got ${got === undefined ? 'the end' : visitText(got)}`
}
