import { watch } from 'node:fs'
import { join } from 'node:path'

/** Editors write a file in several steps. */
const settleMs = 20

/** Folders in which nothing that a project needs changes. */
const isIgnored = (name: string) => /(^|[/\\])(node_modules|\.git|\.sidegate)([/\\]|$)/.test(name)

/** Collects the files that change below a folder, from its creation until the signal. */
export class WatchedFolder {
  readonly #signal: AbortSignal
  readonly #changed = new Set<string>()
  #wake = () => {}

  constructor(folder: string, signal: AbortSignal) {
    this.#signal = signal
    const watcher = watch(folder, { recursive: true, signal }, (_event, name) => {
      if (name === null || isIgnored(name)) return
      this.#changed.add(join(folder, name))
      this.#wake()
    })
    watcher.on('error', () => this.#wake())
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
