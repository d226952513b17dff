import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { OperationError, RequestError } from '../../errors.ts'
import type { Bundle } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import { readTogether } from './read-together.ts'
import { maxFileBytes, parseExport } from './safe-json.ts'

/** Maximum total size, in bytes, without the sources of scripts. */
const maxTotalBytes = 10 * maxFileBytes

/** A file to read, and the folder that limits the files it can refer to. */
type Found = { path: string; root: string; isNamed: boolean }

/**
 * Reads files and folders as one bundle. Also reads source files that scripts refer to, but only below the given folders.
 *
 * @throws OperationError with the unreadable file and the reason. A file that is not an export is an error if it was named,
 * and a finding if it is in a named folder.
 */
export function readFiles(paths: readonly string[], choice: RealmChoice): Bundle {
  const found = paths.flatMap(filesIn)
  const roots = new Map(found.map(({ path, root }) => [path, root]))
  let total = 0
  const read = (path: string) => {
    total += sizeOf(path)
    if (total > maxTotalBytes) throw new OperationError(`${paths.join(', ')}: more than 200 MB of JSON`)
    return parseExport(readFileSync(path, 'utf8'))
  }
  const files = found.map(({ path, isNamed }) => ({
    path: posix(path),
    isMeant: isNamed,
    read: () => read(path),
  }))
  try {
    return readTogether(files, {
      ...choice,
      readText: (path, from) => textNear(path, from.path ?? '', roots),
    })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new OperationError(error.message, { cause: error })
  }
}

function filesIn(path: string): Found[] {
  const full = resolve(path)
  if (!existsSync(full)) throw new OperationError(`${path}: file or folder not found`)
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

/** Exports write paths relative to the file, or to a folder above it. */
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
