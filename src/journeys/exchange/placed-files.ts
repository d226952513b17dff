import { readFileSync, statSync } from 'node:fs'
import { RequestError } from '../../base/errors.ts'
import { piecesOf } from './detect.ts'
import { filesIn, type ReadNear, readerNear } from './found-files.ts'
import { type LineIndex, lineIndex } from './line-index.ts'
import type { Piece } from './piece.ts'
import { maxFileBytes, parseExport, withoutMark } from './safe-json.ts'
import { thingIdOf } from './thing-id.ts'

/** A piece, and the lines of its file. `order` is that of the files. */
export type PlacedPiece = { piece: Piece; file: string; order: number; lines: LineIndex }

/** The files of a project, which are parsed when they are needed. */
export class PlacedFiles {
  /** Not parsed yet, by path. */
  readonly #texts: Map<string, string>
  readonly #order: ReadonlyMap<string, number>
  /** By kind and id. */
  readonly #pieces = new Map<string, PlacedPiece[]>()
  readonly #searched = new Set<string>()
  /** Reads the source of a script. */
  readonly near: ReadNear

  /** @throws OperationError if one of the paths does not exist. */
  constructor(paths: readonly string[]) {
    const found = filesIn(paths)
    const readable = found.filter(({ path }) => statSync(path).size <= maxFileBytes)
    this.#texts = new Map(readable.map(({ path }) => [path, withoutMark(readFileSync(path, 'utf8'))]))
    this.#order = new Map(readable.map(({ path }, order) => [path, order]))
    this.near = readerNear(found)
  }

  /**
   * Finds pieces, in the order of the files. Parses the files whose text or path has the id, and the other ones if there is no
   * such piece in them: a JSON text can have an id in escaped characters.
   */
  find(kinds: readonly string[], id: string): PlacedPiece[] {
    if (!this.#searched.has(id)) {
      this.#searched.add(id)
      this.#parseFiles((path, text) => text.includes(id) || path.includes(id))
    }
    const found = this.#known(kinds, id)
    if (found.length > 0 || this.#texts.size === 0) return found
    this.#parseFiles(() => true)
    return this.#known(kinds, id)
  }

  #known(kinds: readonly string[], id: string): PlacedPiece[] {
    return kinds
      .flatMap((kind) => this.#pieces.get(`${kind} ${id}`) ?? [])
      .toSorted((one, other) => one.order - other.order)
  }

  #parseFiles(isNeeded: (path: string, text: string) => boolean): void {
    for (const [path, text] of this.#texts) {
      if (!isNeeded(path, text)) continue
      this.#texts.delete(path)
      for (const placed of placedPieces(path, text, this.#order.get(path) ?? 0)) {
        const key = `${placed.piece.kind} ${thingIdOf(placed.piece)}`
        const known = this.#pieces.get(key)
        if (known === undefined) this.#pieces.set(key, [placed])
        else known.push(placed)
      }
    }
  }
}

/** Files that are not exports have no pieces: the reader of the project reports them. */
function placedPieces(file: string, text: string, order: number): PlacedPiece[] {
  try {
    const json = parseExport(text)
    const pieces = piecesOf(json, file)
    const lines = lineIndex(text, json)
    return pieces.map((piece) => ({ piece, file, order, lines }))
  } catch (error) {
    if (error instanceof RequestError) return []
    throw error
  }
}
