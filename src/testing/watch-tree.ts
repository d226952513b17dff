import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { join, sep } from 'node:path'
import { OperationError } from '../errors.ts'

/** Folders in which nothing that a project needs changes. */
const ignored: ReadonlySet<string> = new Set(['node_modules', '.git', '.sidegate'])

/**
 * Calls back with the path of each file and folder that changes below a folder, until the signal.
 * @throws OperationError for more folders than the system can watch.
 */
export function watchTree(folder: string, signal: AbortSignal, onChange: (path: string) => void): void {
  // Node's recursive watch on Linux watches each file, and never again one that was replaced by a rename, as many editors do.
  if (process.platform === 'linux') new FolderWatches(signal, onChange).add(folder)
  else {
    watch(folder, { recursive: true, signal }, (_event, name) => {
      if (name !== null && !name.split(sep).some((part) => ignored.has(part))) onChange(join(folder, name))
    }).on('error', () => onChange(folder))
  }
}

/** One watch for each folder. It sees what happens to the entries of the folder. */
class FolderWatches {
  readonly #signal: AbortSignal
  readonly #onChange: (path: string) => void
  readonly #watches = new Map<string, FSWatcher>()

  constructor(signal: AbortSignal, onChange: (path: string) => void) {
    this.#signal = signal
    this.#onChange = onChange
  }

  /** Watches a folder and those below it. @returns the files in them. */
  add(folder: string): string[] {
    const files: string[] = []
    try {
      const watcher = watch(folder, { signal: this.#signal }, (_event, name) => this.#see(folder, name))
      watcher.on('error', () => this.#remove(folder))
      this.#watches.set(folder, watcher)
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name)
        if (ignored.has(entry.name)) continue
        if (entry.isDirectory()) files.push(...this.add(path))
        else files.push(path)
      }
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
      if (code === 'ENOSPC' || code === 'EMFILE') {
        throw new OperationError(`${folder} cannot be watched: the system allows no more watches`, { cause })
      }
      // It was removed, or may not be read.
      if (code !== 'ENOENT' && code !== 'EACCES') throw cause
    }
    return files
  }

  #see(folder: string, name: string | null): void {
    if (name === null || ignored.has(name)) return
    const path = join(folder, name)
    try {
      const found = lstatSync(path, { throwIfNoEntry: false })
      if (found === undefined) this.#remove(path)
      else if (found.isDirectory() && !this.#watches.has(path)) {
        // Files may have come before the watch.
        for (const file of this.add(path)) this.#onChange(file)
      }
    } catch {
      // The entry can't be read or watched. Whoever reads the changed path says why.
    }
    this.#onChange(path)
  }

  #remove(folder: string): void {
    for (const [path, watcher] of this.#watches) {
      if (path !== folder && !path.startsWith(folder + sep)) continue
      watcher.close()
      this.#watches.delete(path)
    }
  }
}
