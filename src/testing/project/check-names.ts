import { suggestion } from '../../base/suggestion.ts'
import { callbackTypes } from '../../engine/callbacks.ts'
import { readVisit } from '../play/visits.ts'
import { unfinished } from '../unfinished.ts'
import type { ActionStep, Walk, WalkFile } from '../walk-file.ts'
import { scriptJourney } from '../world/test-bundle.ts'
import type { Project } from './project.ts'

/**
 * Finds names in walks that the configuration doesn't have: journeys, nodes, outcomes, callbacks, parties and people.
 * @returns a function that returns the problems of one walk, each with the index of its step.
 */
export function nameCheck(project: Pick<Project, 'bundle'>): (file: WalkFile, walk: Walk) => NameProblem[] {
  const known = namesOf(project)
  return (file, walk) => problemsOf(file, walk, known)
}

type Names = {
  journeys: readonly string[]
  /** Outcomes by display name and by id. */
  nodes: ReadonlyMap<string, ReadonlySet<string>>
}

function namesOf({ bundle }: Pick<Project, 'bundle'>): Names {
  const nodes = new Map<string, Set<string>>()
  for (const journey of bundle.journeys) {
    for (const [id, { displayName, connections }] of Object.entries(journey.nodes)) {
      for (const name of [id, displayName]) {
        const outcomes = nodes.get(name) ?? new Set()
        for (const outcome of Object.keys(connections)) outcomes.add(outcome)
        nodes.set(name, outcomes)
      }
    }
  }
  return { journeys: bundle.journeys.map(({ _id }) => _id), nodes }
}

export type NameProblem = { message: string; step?: number }

function problemsOf(file: WalkFile, walk: Walk, known: Names): NameProblem[] {
  const parties = walk.parties ?? file.parties
  const isScript = file.script !== undefined
  const paths =
    walk.path === undefined ? [] : Array.isArray(walk.path) ? walk.path : Object.values(walk.path).flat()
  return [
    ...journeysOf(file, walk, parties).flatMap((name) => unknown('journey', name, known.journeys)),
    ...(isScript || file.journey !== undefined || walk.journey !== undefined || parties !== undefined
      ? []
      : [{ message: 'it names no journey: set journey, script or parties' }]),
    ...[...paths.filter((text) => text !== '...'), ...Object.keys(walk.visits ?? {})].flatMap((text) =>
      nodeProblems(text, known),
    ),
    ...Object.entries(parties ?? {}).flatMap(([name, party]) => [
      ...unknown('party', party.transactionOf, Object.keys(parties ?? {})),
      ...unknown('party', party.browserOf, Object.keys(parties ?? {})),
      ...unknown('person', party.signedIn, Object.keys(file.people ?? {}), `${name}: `),
    ]),
    ...walk.steps.flatMap((step, index) =>
      stepProblems(step, parties).map((message) => ({ message, step: index })),
    ),
  ]
}

/** The journeys that a walk starts. */
export function journeysOf(file: WalkFile, walk: Walk, parties: WalkFile['parties']): string[] {
  const started = walk.steps.flatMap((step) => {
    const start = step.kind === 'action' ? step.action.start : undefined
    return typeof start === 'string' ? start : (start?.journey ?? [])
  })
  const ofParties = Object.values(parties ?? {}).flatMap(({ journey }) => journey ?? [])
  const own = walk.journey ?? file.journey
  return [...(own === undefined || parties !== undefined ? [] : [own]), ...ofParties, ...started]
}

function stepProblems(step: Walk['steps'][number], parties: WalkFile['parties']): string[] {
  if (step.kind !== 'action') return []
  const party =
    step.party === undefined
      ? parties === undefined
        ? []
        : [`the step needs a party: ${Object.keys(parties).join(' or ')}`]
      : unknown('party', step.party, Object.keys(parties ?? {})).map(({ message }) => message)
  const callbacks = Object.keys(step.action.answer ?? {})
    .filter((name) => /^[A-Z]\w*Callback$/.test(name))
    .flatMap((name) => unknown('callback', name, callbackTypes).map(({ message }) => message))
  return [...party, ...callbacks, ...unfinishedAnswers(step.action.answer ?? {})]
}

function unfinishedAnswers(answer: NonNullable<ActionStep['answer']>): string[] {
  const names = Object.entries(answer).flatMap(([name, value]) => (value === unfinished ? [name] : []))
  return names.length === 0
    ? []
    : [`not finished: replace ${unfinished} by the answer to ${names.join(' and ')}`]
}

function nodeProblems(text: string, { nodes }: Names): NameProblem[] {
  const { name, outcome } = readVisit(text)
  if (name === scriptJourney || name === 'Success' || name === 'Failure') return []
  const outcomes = nodes.get(name)
  if (outcomes === undefined) return unknown('node', name, [...nodes.keys()])
  if (outcome === undefined || outcome === 'error' || outcomes.has(outcome)) return []
  const all = [...outcomes]
  return [
    { message: `'${name}' has no outcome '${outcome}', but ${all.join(', ')}${suggestion(outcome, all)}` },
  ]
}

function unknown(
  kind: string,
  name: string | undefined,
  names: readonly string[],
  about = '',
): NameProblem[] {
  if (name === undefined || names.includes(name)) return []
  return [{ message: `${about}${kind} '${name}' is unknown${suggestion(name, names)}` }]
}
