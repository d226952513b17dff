import { RequestError } from '../../base/errors.ts'
import type { TestedProject } from '../project/project.ts'
import { type LoadedWalkFile, loadWalkFile, type Unwritten } from '../project/walk-files.ts'
import type { WalkTask } from '../run-in-threads.ts'
import { Tester } from '../run-walk.ts'
import { WorldHosts } from '../world/world-host.ts'
import type { Mutant } from './mutant.ts'
import { mutantsOf } from './mutants.ts'
import { Spectator } from './spectator.ts'
import { Advisor } from './suggestion.ts'
import type { Suggestion } from './usual-examples.ts'
import { withScriptId } from './walks-by-key.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `killed`: a walk fails. `refused`: the server doesn't take the configuration. */
export type Verdict = 'killed' | 'survived' | 'refused'

/** A project with walks, of which some are not written yet. */
export type Mutated = { project: TestedProject; environment: Environment; unwritten: Unwritten }

/** Plays walks on mutants of a project, which are named by their place in the list of all. */
export class MutantPlayer {
  readonly #project: TestedProject
  readonly #environment: Environment
  readonly #unwritten: Unwritten
  readonly #hosts = new WorldHosts(1)
  readonly #mutants: readonly Mutant[]
  readonly #files = new Map<string, LoadedWalkFile>()
  readonly #advisor: Advisor

  constructor({ project, environment, unwritten }: Mutated) {
    this.#project = project
    this.#environment = environment
    this.#unwritten = unwritten
    this.#mutants = mutantsOf(project.bundle)
    this.#advisor = new Advisor(this.#spectatorOf(project), unwritten)
  }

  /** Plays walks until one fails. */
  async play(place: number, walks: readonly WalkTask[]): Promise<Verdict> {
    const tester = new Tester(this.#mutated(place).project, {
      hosts: this.#hosts,
      environment: this.#environment,
    })
    try {
      for (const { file, index } of walks) {
        const { status } = await tester.run(await this.#fileNamed(file), index)
        if (status !== 'passed') return 'killed'
      }
      return 'survived'
    } catch (error) {
      if (error instanceof RequestError) return 'refused'
      throw error
    } finally {
      await tester.close()
    }
  }

  /** The walk that would notice a mutant that survived these walks. */
  async suggest(place: number, walks: readonly WalkTask[]): Promise<Suggestion> {
    const { mutant, project } = this.#mutated(place)
    const changed = this.#spectatorOf(project)
    try {
      return await this.#advisor.suggest(mutant, walks, changed)
    } finally {
      await changed.close()
    }
  }

  #mutated(place: number): { mutant: Mutant; project: TestedProject } {
    const mutant = this.#mutants[place]
    if (mutant === undefined) throw new Error(`no mutant ${place}`)
    return { mutant, project: { ...this.#project, bundle: mutant.apply(this.#project.bundle) } }
  }

  #spectatorOf(project: TestedProject): Spectator {
    return new Spectator(project, { hosts: this.#hosts, environment: this.#environment })
  }

  async #fileNamed(name: string): Promise<LoadedWalkFile> {
    const known = this.#files.get(name) ?? (await loadWalkFile(name, this.#unwritten))
    if (Array.isArray(known)) throw new Error(`${name} has changed`)
    const file = withScriptId(known, this.#project)
    this.#files.set(name, file)
    return file
  }
}
