import { watchTree } from './watch-tree.ts'

/** Editors write a file in several steps. */
const settleMs = 20

/** Collects the files that change below a folder, from its creation until the signal. */
export class WatchedFolder {
  readonly #signal: AbortSignal
  readonly #changed = new Set<string>()
  #wake = () => {}

  /**
   * @param onUnwatched called with why a new folder is not watched.
   * @throws OperationError for more folders than the system can watch.
   */
  constructor(folder: string, signal: AbortSignal, onUnwatched: (problem: string) => void) {
    this.#signal = signal
    const onChange = (path: string) => {
      this.#changed.add(path)
      this.#wake()
    }
    watchTree(folder, signal, { onChange, onUnwatched })
    signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  /** @returns the files that changed since the last call, as soon as there are any; none once the signal is aborted. */
  async next(): Promise<string[]> {
    if (this.#changed.size === 0 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      await new Promise((resolve) => setTimeout(resolve, settleMs))
    }
    if (this.#signal.aborted) return []
    const files = [...this.#changed]
    this.#changed.clear()
    return files
  }

  /** Whether {@link next} would have to wait. */
  get isQuiet(): boolean {
    return this.#changed.size === 0
  }
}
