import { watchTree } from './watch-tree.ts'

/** Editors write a file in several steps. */
const settleMs = 20

/** Collects the files that change below a folder, from its creation until the signal. */
export class WatchedFolder {
  readonly #signal: AbortSignal
  readonly #changed = new Set<string>()
  #wake = () => {}

  /** @throws OperationError for more folders than the system can watch. */
  constructor(folder: string, signal: AbortSignal) {
    this.#signal = signal
    watchTree(folder, signal, (path) => {
      this.#changed.add(path)
      this.#wake()
    })
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
