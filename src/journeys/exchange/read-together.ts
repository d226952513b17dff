import { RequestError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { type AssembleOptions, assemble } from './assemble.ts'
import type { Bundle } from './bundle.ts'
import { piecesOf, shapeOf } from './detect.ts'
import { finding } from './finding.ts'
import { lineIndex } from './line-index.ts'
import type { Piece } from './piece.ts'
import { emptyFile } from './safe-json.ts'
import { frConfigRoots } from './shapes/fr-config-manager.ts'

/** One of several files. `path` matters for exports with one file per thing. */
export type FileToRead = {
  path: string
  /** Whether the file was named, and not just found in a folder. */
  isMeant: boolean
  /** @throws RequestError that describes the file, if it is not JSON. */
  read(): Json
  /** The text, to find lines. */
  text(): string
}

/** Receives a file that can't be read, which is then left out. */
export type OnBroken = (path: string, error: RequestError) => void

/**
 * Reads files as one bundle.
 *
 * @param onBroken default: throws.
 * @throws RequestError 400 with the unreadable file and the reason. A file that is not an export is an error if it was
 * named, and a finding otherwise.
 */
export function readTogether(
  files: readonly FileToRead[],
  surroundings: AssembleOptions,
  onBroken: OnBroken = raise,
): Bundle {
  const pieces: Piece[] = []
  const skipped: string[] = []
  const empty: string[] = []
  const roots = frConfigRoots(files.map(({ path }) => path))
  for (const { path, isMeant, read, text } of files) {
    try {
      const json = read()
      if (isMeant || shapeOf(json, path, roots) !== undefined) {
        const lines = onDemand(() => lineIndex(text(), json))
        pieces.push(...piecesOf(json, path, roots).map((piece) => ({ ...piece, lines })))
      } else skipped.push(path)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (!isMeant && error.message === emptyFile) empty.push(path)
      else onBroken(path, error)
    }
  }
  const bundle = assemble(pieces, surroundings)
  const notes = [
    ...skipped.map((path) => finding('note', `${path} is not an export and was left out`)),
    ...empty.map((path) => finding('note', `${path} is empty and was left out`)),
  ]
  return { ...bundle, findings: [...bundle.findings, ...notes] }
}

function onDemand<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

function raise(path: string, { status, message, detail }: RequestError): never {
  throw new RequestError(status, `${path}: ${message}`, detail)
}
