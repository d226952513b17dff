import {
  type FSWatcher,
  lstatSync,
  readdirSync,
  realpathSync,
  statSync,
  type WatchEventType,
  watch,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { OperationError } from '../base/errors.ts'

/** Folders in which nothing that a project needs changes. */
const ignored: ReadonlySet<string> = new Set(['node_modules', '.git', '.sidegate'])

type Reports = {
  /** Called with the path of each file and folder that changes. */
  onChange(path: string): void
  /** Called with what is no longer watched, and why. */
  onUnwatched(problem: string): void
}

/**
 * Watches the files and folders below a folder until the signal. On Linux, folders that are links are watched, too.
 * @throws OperationError for more folders than the system can watch.
 */
export function watchTree(folder: string, signal: AbortSignal, reports: Reports): void {
  // Node's recursive watch on Linux watches each file, and never again one that was replaced by a rename, as many editors do.
  if (process.platform === 'linux') new FolderWatches(folder, signal, reports)
  else {
    const { onChange } = reports
    watch(folder, { recursive: true, signal }, (_event, name) => {
      if (name !== null && !name.split(sep).some((part) => ignored.has(part))) onChange(join(folder, name))
    }).on('error', () => onChange(folder))
  }
}

/** One watch for each folder. It sees what happens to the entries of the folder. */
class FolderWatches {
  readonly #root: string
  readonly #signal: AbortSignal
  readonly #reports: Reports
  readonly #watches = new Map<string, FSWatcher>()

  constructor(root: string, signal: AbortSignal, reports: Reports) {
    this.#root = root
    this.#signal = signal
    this.#reports = reports
    try {
      this.#add(root)
    } catch (error) {
      // Open watches keep the process alive.
      this.#remove(root)
      throw error
    }
  }

  /** Watches a folder and those below it. @returns the files in them. */
  #add(folder: string): string[] {
    const files: string[] = []
    try {
      const watcher = watch(folder, { signal: this.#signal }, (event, name) => this.#see(folder, event, name))
      watcher.on('error', () => this.#remove(folder))
      this.#watches.set(folder, watcher)
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (ignored.has(name)) continue
        if (this.#isFolder(path)) files.push(...this.#add(path))
        else files.push(path)
      }
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
      if (code === 'ENOSPC' || code === 'EMFILE') {
        throw new OperationError(`${folder} cannot be watched: the system allows no more watches`, { cause })
      }
      // It was removed or replaced, or may not be read.
      if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EACCES') throw cause
    }
    return files
  }

  #see(folder: string, event: WatchEventType, name: string | null): void {
    if (name === null || ignored.has(name)) return
    const path = join(folder, name)
    try {
      // The watch of a folder that was replaced follows the old one.
      if (event === 'rename') {
        this.#remove(path)
        // Files may have come before the watch.
        if (this.#isFolder(path)) for (const file of this.#add(path)) this.#reports.onChange(file)
      }
    } catch (error) {
      // The reader of the changed path says why it can't be read.
      if (error instanceof OperationError) this.#reports.onUnwatched(error.message)
    }
    this.#reports.onChange(path)
  }

  /** Links count as the folders that they lead to, but not in linked folders or back up, which could go round in circles. */
  #isFolder(path: string): boolean {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found?.isSymbolicLink()) return found?.isDirectory() === true
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return false
    const holder = realpathSync(dirname(path))
    const isInLink = holder !== join(realpathSync(this.#root), relative(this.#root, dirname(path)))
    return !isInLink && !`${holder}${sep}`.startsWith(`${realpathSync(path)}${sep}`)
  }

  #remove(folder: string): void {
    for (const [path, watcher] of this.#watches) {
      if (path !== folder && !path.startsWith(folder + sep)) continue
      watcher.close()
      this.#watches.delete(path)
    }
  }
}
