import { isJsonObject, type Json } from '../../base/json.ts'
import type { Finding } from './finding.ts'
import type { Piece } from './piece.ts'

/** Members of read things with another name in files; an empty one has the members of the thing itself. */
const inFiles: Readonly<Record<string, string>> = { config: '', source: 'script' }

/**
 * Where a piece, or a member of it, is written.
 * @param at the way to the member in the thing that is read from the piece.
 */
export function placeOf(piece: Piece, at: readonly PropertyKey[] = []): Finding['place'] {
  const { path, lines } = piece
  if (path === undefined || path === '') return undefined
  const line = lines && lineOf(piece, at, lines())
  return line === undefined ? { file: path } : { file: path, line }
}

function lineOf(
  { json, original }: Piece,
  at: readonly PropertyKey[],
  lines: NonNullable<ReturnType<NonNullable<Piece['lines']>>>,
): number | undefined {
  let container: Json = original ?? json
  let line = lines.of(container)
  for (const step of at) {
    const name = typeof step === 'string' && Object.hasOwn(inFiles, step) ? inFiles[step] : step
    if (name === '') continue
    if (typeof name === 'symbol' || name === undefined) return line
    if (typeof container !== 'object' || container === null) return line
    const found = lines.ofMember(container, name)
    if (found === undefined) return line
    line = found
    const next: Json | undefined = isJsonObject(container)
      ? container[name]
      : Array.isArray(container)
        ? container[Number(name)]
        : undefined
    if (next === undefined) return line
    container = next
  }
  return line
}
