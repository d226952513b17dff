import { isDeepStrictEqual } from 'node:util'
import { type Finding, finding } from './finding.ts'
import type { Piece } from './piece.ts'

/**
 * Collects things by id. The same thing may come with several journeys. If two things with one id differ, that is a
 * conflict, and the first one is kept.
 */
export class Collection<Thing> {
  readonly #what: string
  readonly #things = new Map<string, { thing: Thing; piece: Piece }>()
  readonly #findings: Finding[]

  /** @param what the kind of thing, for findings. */
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
        finding('conflict', `${this.#what} '${name}' exists twice, in ${where}, with different content`),
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
