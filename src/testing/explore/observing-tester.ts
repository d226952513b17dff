import type { Project } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import { Tester, type WalkResult } from '../run-walk.ts'
import { walkFileSchema } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { type Observed, observe } from './observed.ts'

/** Random values can make a walk pass once by chance. */
const proofs = 2

/** Plays walks that are being written, and sees what they leave behind. */
export class ObservingTester {
  readonly #tester: Tester
  readonly #environment: Record<string, string> = {}
  #observed: Observed | undefined

  constructor(project: Project, hosts: WorldHosts) {
    this.#tester = new Tester(project, {
      hosts,
      environment: this.#environment,
      onPlayed: async (played) => {
        this.#observed = await observe(played, project.bundle)
      },
    })
  }

  close(): Promise<void> {
    return this.#tester.close()
  }

  /** Sets values of `${secret:NAME}` for the next walks. */
  know(secrets: Readonly<Record<string, string>>): void {
    Object.assign(this.#environment, secrets)
  }

  /**
   * Plays the first walk of a file.
   * @param file its path: random values follow from it.
   * @returns what it left behind; undefined if it can't be played.
   */
  async play(file: string, content: object): Promise<{ result: WalkResult; observed: Observed | undefined }> {
    this.#observed = undefined
    const result = await this.#tester.run(loadedFile(file, content), 0)
    return { result, observed: result.status === 'broken' ? undefined : this.#observed }
  }

  /** Whether a walk passes each time. */
  async passes(file: string, content: object): Promise<boolean> {
    const loaded = loadedFile(file, content)
    for (let time = 0; time < proofs; time++) {
      const { status } = await this.#tester.run(loaded, 0)
      if (status !== 'passed') return false
    }
    return true
  }
}

function loadedFile(file: string, content: object): LoadedWalkFile {
  return { file, content: walkFileSchema.parse(content), lineOf: () => 1 }
}
