import { isDeepStrictEqual } from 'node:util'
import { type Finding, finding } from './finding.ts'
import { keptKind } from './kept-documents.ts'
import { nameOfKind, type Piece } from './piece.ts'
import { thingIdOf } from './thing-id.ts'

/**
 * Collects things by id. The same thing may come with several journeys. If two things with one id differ, that is a
 * conflict, and the first one is kept.
 */
export class Collection<Thing> {
  readonly #kind: Piece['kind']
  readonly #things = new Map<string, { thing: Thing; piece: Piece }>()
  readonly #findings: Finding[]

  constructor(kind: Piece['kind'], findings: Finding[]) {
    this.#kind = kind
    this.#findings = findings
  }

  add(id: string, name: string, thing: Thing, piece: Piece): void {
    const known = this.#things.get(id)
    if (known === undefined) this.#things.set(id, { thing, piece })
    else if (!isDeepStrictEqual(known.thing, thing)) {
      const where = origins(known.piece, piece)
      const message = `${nameOfKind[this.#kind]} '${name}' exists twice, in ${where}, with different content`
      // An image can have two files of a setting: unlike of two journeys, one of them can be left out.
      const problem = this.#kind === keptKind ? 'unreadable' : 'conflict'
      this.#findings.push(finding(problem, message, { kind: this.#kind, id: thingIdOf(piece) }))
    }
  }

  get things(): Thing[] {
    return [...this.#things.values()].map(({ thing }) => thing)
  }
}

/** Two files can have one journey. */
function origins(one: Piece, other: Piece): string {
  const isOneJourney = one.journey === other.journey
  return [one, other]
    .map(({ journey, path }) => fileOr(isOneJourney ? undefined : journey, path))
    .join(' and ')
}

function fileOr(journey: string | undefined, path: string | undefined): string {
  if (journey !== undefined) return `journey '${journey}'`
  return path ? path : 'the file'
}
