import type { RecordedStep } from '../../engine/recorded-step.ts'
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

/** A visit as it is written in walk files. */
export function visitText({ name, outcome }: Pick<Visit, 'name' | 'outcome'>): string {
  return `${name} → ${outcome}`
}

/** `Name → outcome`; without an outcome, any. */
export function readVisit(text: string): { name: string; outcome: string | undefined } {
  const [, name = text, outcome] = /^(.*?)\s*(?:→|->)\s*(.*)$/s.exec(text) ?? []
  return { name: name.trim(), outcome }
}

export function isVisit(expected: string, visit: Visit): boolean {
  const { name, outcome } = readVisit(expected)
  return (name === visit.name || name === visit.id) && (outcome === undefined || outcome === visit.outcome)
}

/** Any number of nodes. */
const anything = '...'

/**
 * Compares the nodes of a run with the expected ones, in which `...` stands for any number of nodes.
 * @throws Mismatch that names the first difference.
 */
export function checkPath(expected: readonly string[], visits: readonly Visit[]): void {
  if (isPath(expected, visits)) return
  const all = visits.map(visitText)
  throw new Mismatch('path', expected.join(', '), all.join(', ') || 'no node', divergence(expected, visits))
}

function isPath(expected: readonly string[], visits: readonly Visit[]): boolean {
  const [first, ...rest] = expected
  if (first === undefined) return visits.length === 0
  if (first === anything) {
    return visits.some((_, start) => isPath(rest, visits.slice(start))) || isPath(rest, [])
  }
  const [visit, ...others] = visits
  return visit !== undefined && isVisit(first, visit) && isPath(rest, others)
}

/** The first node that differs, if no `...` is before it. */
function firstDivergence(expected: readonly string[], visits: readonly Visit[]) {
  const place = expected.findIndex((text, index) => {
    const visit = visits[index]
    return text === anything || visit === undefined || !isVisit(text, visit)
  })
  const text = expected[place < 0 ? expected.length : place]
  if (text === anything) return undefined
  const at = place < 0 ? expected.length : place
  return { expected: text, got: visits[at], before: visits[at - 1] }
}

function divergence(expected: readonly string[], visits: readonly Visit[]): string[] {
  const found = firstDivergence(expected, visits)
  if (found === undefined) return []
  const { before, got } = found
  const place = before === undefined ? 'the first node' : `after ${visitText(before)}`
  return [
    `${place}: expected ${found.expected ?? 'the end'}, got ${got === undefined ? 'the end' : visitText(got)}`,
  ]
}
