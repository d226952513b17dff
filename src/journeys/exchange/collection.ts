import { isDeepStrictEqual } from 'node:util'
import { type Finding, finding } from './finding.ts'
import type { Piece } from './piece.ts'

/**
 * Gathers things by id. The same thing may come with several journeys; two that differ under one id contradict each
 * other, and the first is kept.
 */
export class Collection<Thing> {
  readonly #what: string
  readonly #things = new Map<string, { thing: Thing; piece: Piece }>()
  readonly #findings: Finding[]

  /** @param what the kind of thing, for sentences. */
  constructor(what: string, findings: Finding[]) {
    this.#what = what
    this.#findings = findings
  }

  add(id: string, name: string, thing: Thing, piece: Piece): void {
    const known = this.#things.get(id)
    if (known === undefined) this.#things.set(id, { thing, piece })
    else if (!isDeepStrictEqual(known.thing, thing)) {
      const where = `${origin(known.piece)} and ${origin(piece)}`
      this.#findings.push(
        finding('conflict', `${this.#what} '${name}' is there twice, in ${where}, and the two differ`),
      )
    }
  }

  get things(): Thing[] {
    return [...this.#things.values()].map(({ thing }) => thing)
  }
}

function origin({ journey, path }: Piece): string {
  if (journey !== undefined) return `journey '${journey}'`
  return path ? path : 'the file'
}
