import type { DraftWalk } from '../../walks/draft-walk.ts'
import { yamlOf } from '../../walks/walk-yaml.ts'
import type { Project } from '../project/project.ts'
import type { Person } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { madeUpVariables } from './made-up-people.ts'
import { isPlainName, type Observed } from './observed.ts'
import { ObservingTester } from './observing-tester.ts'
import type { Trail } from './trail.ts'
import { draftWalk, titleOf } from './walk-draft.ts'

/** A walk file that passes. */
export type WrittenFile = { text: string; walks: number }

/** A trail to write after other walks. */
type Writing = { trail: Trail; walks: readonly DraftWalk[] }

/** Turns trails into walk files. Each walk is played in a world of its own, and kept only if it passes again. */
export class WalkWriter {
  readonly #project: Project
  readonly #people: Readonly<Record<string, Person>>
  readonly #tester: ObservingTester
  readonly #variables: Readonly<Record<string, string>>

  constructor(project: Project, people: Readonly<Record<string, Person>>, hosts: WorldHosts) {
    this.#project = project
    this.#people = people
    this.#variables = madeUpVariables(project.bundle, project.settings.esv)
    this.#tester = new ObservingTester(project, hosts)
  }

  close(): Promise<void> {
    return this.#tester.close()
  }

  /**
   * Writes trails of one journey.
   * @param file its path: random values of walks follow from it.
   * @param until when to stop, as `performance.now()`. At least one walk is written.
   * @returns undefined if no walk passes.
   */
  async write(
    file: string,
    journey: string,
    trails: readonly Trail[],
    until = Infinity,
  ): Promise<WrittenFile | undefined> {
    const head = this.#headOf(journey, trails)
    const walks: DraftWalk[] = []
    for (const trail of trails) {
      if (walks.length > 0 && performance.now() > until) break
      const walk = await this.#passing(file, head, { trail, walks })
      if (walk !== undefined) walks.push(walk)
    }
    return walks.length === 0 ? undefined : { text: yamlOf({ ...head, walks }), walks: walks.length }
  }

  /** The walk with what it can expect. Undefined if it differs from run to run. */
  async #passing(file: string, head: object, { trail, walks }: Writing): Promise<DraftWalk | undefined> {
    const nameOf = (id: string) => this.#nameOf(id)
    const played = async (it: string) =>
      this.#play(file, { ...head, walks: [draftWalk(trail, { it, nameOf })] })
    let it = this.#titleOf(trail, walks)
    let observed = await played(it)
    if (observed !== undefined && observed.outcome !== trail.spot.session.outcome) {
      // The explorer ignores limits of attempts, and stops at stubs. Random values follow from the title.
      it = this.#titleOf(trail, walks, observed.outcome)
      observed = await played(it)
    }
    if (observed === undefined) return undefined
    const walk = draftWalk(trail, { it, nameOf, observed })
    return (await this.#tester.passes(file, { ...head, walks: [walk] })) ? walk : undefined
  }

  async #play(file: string, content: object): Promise<Observed | undefined> {
    const { result, observed } = await this.#tester.play(file, content)
    return result.step === undefined ? observed : undefined
  }

  /** Members for all walks: only the people and variables that matter. */
  #headOf(journey: string, trails: readonly Trail[]) {
    const text = JSON.stringify(trails.map(({ tries, start }) => [tries, start]))
    const people = Object.entries(this.#people).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    const esv = this.#variables
    return {
      journey,
      ...(people.length === 0 ? {} : { people: Object.fromEntries(people) }),
      ...(Object.keys(esv).length === 0 ? {} : { esv }),
    }
  }

  /** A title that no other walk has. */
  #titleOf(trail: Trail, others: readonly DraftWalk[], outcome = trail.spot.session.outcome): string {
    const title = titleOf(trail, (id) => this.#nameOf(id), outcome)
    const same = others.filter(({ it }) => it === title || it.startsWith(`${title} (`)).length
    return same === 0 ? title : `${title} (${same + 1})`
  }

  /** The display name of a node if no other node has it. */
  #nameOf(id: string): string {
    const placed = this.#project.bundle.journeys.flatMap(({ nodes }) => Object.entries(nodes))
    const name = placed.find(([each]) => each === id)?.[1].displayName ?? ''
    const isOnly = placed.every(([each, node]) => each === id || node.displayName !== name)
    return isPlainName(name) && isOnly ? name : id
  }
}
