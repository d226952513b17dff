import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { OperationError } from '../../base/errors.ts'
import { maxFileBytes } from './safe-json.ts'

/** A file of a project. */
export type FoundFile = {
  /** Its absolute path. */
  path: string
  /** The folder that limits the files it can refer to. */
  root: string
  /** Whether the file was named, and not just found in a folder. */
  isNamed: boolean
}

/**
 * The named files, and the JSON files of the named folders.
 * @throws OperationError if one of the paths does not exist.
 */
export function filesIn(paths: readonly string[]): FoundFile[] {
  return paths.flatMap(filesAt)
}

function filesAt(path: string): FoundFile[] {
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

/** A file of text, such as the source of a script. */
export type TextFile = { path: string; text: string }

/** Reads the text file that a file refers to; undefined if there is none below its root. */
export type ReadNear = (path: string, from: string) => TextFile | undefined

/** Exports write paths relative to the file, or to a folder above it. */
export function readerNear(files: readonly FoundFile[]): ReadNear {
  const roots = new Map(files.map(({ path, root }) => [path, root]))
  return (path, from) => {
    const file = resolve(from)
    const root = roots.get(file)
    if (root === undefined) return undefined
    for (let folder = dirname(file); isBelow(folder, root); folder = dirname(folder)) {
      const candidate = resolve(folder, path)
      if (isBelow(candidate, root) && isReadable(candidate))
        return { path: candidate, text: readFileSync(candidate, 'utf8') }
    }
    return undefined
  }
}

function isReadable(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true && found.size <= maxFileBytes
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path)
}
