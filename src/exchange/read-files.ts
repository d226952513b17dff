import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { OperationError, RequestError } from '../errors.ts'
import { assemble } from './assemble.ts'
import type { Bundle } from './bundle.ts'
import { piecesOf, shapeOf } from './detect.ts'
import { finding } from './finding.ts'
import type { Piece } from './piece.ts'
import { maxFileBytes, parseExport } from './safe-json.ts'

/** The largest amount that is read at once, in bytes: the sources of scripts not counted. */
const maxTotalBytes = 10 * maxFileBytes

/** A file to read, and the folder that it must not lead out of. */
type Found = { path: string; root: string; isNamed: boolean }

/**
 * Reads files and folders together as one bundle. Files that a script names are read too, below the folders that were
 * given and nowhere else.
 *
 * @throws OperationError that names the file which cannot be read, and why. A file that is no export is an error when
 * it was named, and a finding when it lies in a folder.
 */
export function readFiles(paths: readonly string[], realm: string): Bundle {
  const found = paths.flatMap(filesIn)
  const roots = new Map(found.map(({ path, root }) => [path, root]))
  const pieces: Piece[] = []
  const skipped: string[] = []
  let total = 0
  for (const { path, isNamed } of found) {
    total += sizeOf(path)
    if (total > maxTotalBytes) throw new OperationError(`${paths.join(', ')}: more than 200 MB of JSON`)
    const json = about(path, () => parseExport(readFileSync(path, 'utf8')))
    if (isNamed || shapeOf(json, posix(path)) !== undefined) {
      pieces.push(...about(path, () => piecesOf(json, posix(path))))
    } else skipped.push(path)
  }
  const readText = (path: string, from: Piece) => textNear(path, from.path ?? '', roots)
  const bundle = assemble(pieces, { realm, readText })
  const notes = skipped.map((path) => finding('note', `${path} is no export and was left out`))
  return { ...bundle, findings: [...bundle.findings, ...notes] }
}

function filesIn(path: string): Found[] {
  const full = resolve(path)
  if (!existsSync(full)) throw new OperationError(`${path}: there is no such file or folder`)
  if (!statSync(full).isDirectory()) return [{ path: full, root: dirname(full), isNamed: true }]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(full, file).split(sep).some(isIgnored))
    .toSorted()
    .map((file) => ({ path: file, root: full, isNamed: false }))
}

function isIgnored(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && !name.endsWith('.json'))
}

function sizeOf(path: string): number {
  const { size } = statSync(path)
  if (size > maxFileBytes) throw new OperationError(`${path}: larger than 20 MB`)
  return size
}

function about<Value>(path: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new OperationError(`${path}: ${error.message}`, { cause: error })
  }
}

/** Exporters mean paths from the file, from its folder's folder, or from further up. */
function textNear(path: string, from: string, roots: ReadonlyMap<string, string>): string | undefined {
  const file = resolve(from)
  const root = roots.get(file)
  if (root === undefined) return undefined
  for (let folder = dirname(file); isBelow(folder, root); folder = dirname(folder)) {
    const candidate = resolve(folder, path)
    if (isBelow(candidate, root) && existsSync(candidate) && statSync(candidate).size <= maxFileBytes) {
      return readFileSync(candidate, 'utf8')
    }
  }
  return undefined
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path)
}

function posix(path: string): string {
  return path.split(sep).join('/')
}
