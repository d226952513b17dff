import type { Json } from '../../engine/json.ts'
import { RequestError } from '../../errors.ts'
import { assemble, type Surroundings } from './assemble.ts'
import type { Bundle } from './bundle.ts'
import { piecesOf, shapeOf } from './detect.ts'
import { finding } from './finding.ts'
import type { Piece } from './piece.ts'

/** One of several files. Layouts mean something by `path`. */
export type FileToRead = {
  path: string
  /** Whether it is meant to be an export, and does not just lie beside one. */
  isMeant: boolean
  /** @throws RequestError that says what it is instead of JSON. */
  read(): Json
}

/**
 * Reads files together as one bundle.
 *
 * @throws RequestError 400 that names the file which cannot be read, and why. A file that is no export is an error when
 * it was meant, and a finding otherwise.
 */
export function readTogether(files: readonly FileToRead[], surroundings: Surroundings): Bundle {
  const pieces: Piece[] = []
  const skipped: string[] = []
  for (const { path, isMeant, read } of files) {
    const json = about(path, read)
    if (isMeant || shapeOf(json, path) !== undefined) pieces.push(...about(path, () => piecesOf(json, path)))
    else skipped.push(path)
  }
  const bundle = assemble(pieces, surroundings)
  const notes = skipped.map((path) => finding('note', `${path} is no export and was left out`))
  return { ...bundle, findings: [...bundle.findings, ...notes] }
}

function about<Value>(path: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new RequestError(error.status, `${path}: ${error.message}`, error.detail)
  }
}
