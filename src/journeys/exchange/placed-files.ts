import { readFileSync, statSync } from 'node:fs'
import { RequestError } from '../../errors.ts'
import { piecesOf } from './detect.ts'
import { type FoundFile, filesIn, type ReadNear, readerNear } from './found-files.ts'
import { type LineIndex, lineIndex } from './line-index.ts'
import type { Piece } from './piece.ts'
import { maxFileBytes, parseExport, withoutMark } from './safe-json.ts'

/** A piece, and the lines of its file. */
export type PlacedPiece = { piece: Piece; file: string; lines: LineIndex }

/** The files of a project, which are read at the first question and parsed when they are needed. */
export class PlacedFiles {
  readonly #found: readonly FoundFile[]
  readonly #texts: ReadonlyMap<string, string>
  readonly #parsed = new Map<string, readonly PlacedPiece[]>()
  /** Reads the source of a script. */
  readonly near: ReadNear

  /** @throws OperationError if one of the paths does not exist. */
  constructor(paths: readonly string[]) {
    this.#found = filesIn(paths)
    this.#texts = new Map(
      this.#found
        .filter(({ path }) => statSync(path).size <= maxFileBytes)
        .map(({ path }) => [path, withoutMark(readFileSync(path, 'utf8'))]),
    )
    this.near = readerNear(this.#found)
  }

  /**
   * Finds pieces, in the order of the files. Parses the files whose text or path has the id, and the other ones if there is no
   * such piece in them: a JSON text can have an id in escaped characters.
   */
  find(id: string, matches: (piece: Piece) => boolean): PlacedPiece[] {
    const found = this.#among((path, text) => text.includes(id) || path.includes(id), matches)
    return found.length > 0 ? found : this.#among(() => true, matches)
  }

  #among(
    isNeeded: (path: string, text: string) => boolean,
    matches: (piece: Piece) => boolean,
  ): PlacedPiece[] {
    return [...this.#texts].flatMap(([path, text]) => {
      const pieces = this.#parsed.get(path) ?? (isNeeded(path, text) ? this.#parse(path, text) : [])
      return pieces.filter(({ piece }) => matches(piece))
    })
  }

  #parse(path: string, text: string): readonly PlacedPiece[] {
    const pieces = placedPieces(path, text)
    this.#parsed.set(path, pieces)
    return pieces
  }
}

/** Files that are not exports have no pieces: the reader of the project reports them. */
function placedPieces(file: string, text: string): PlacedPiece[] {
  try {
    const json = parseExport(text)
    const pieces = piecesOf(json, file)
    const lines = lineIndex(text, json)
    return pieces.map((piece) => ({ piece, file, lines }))
  } catch (error) {
    if (error instanceof RequestError) return []
    throw error
  }
}
